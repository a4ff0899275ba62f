// Runs before a page's own scripts, the same for every page: tells when the nodes were first to be seen, whoever painted
// them, when vis-network had drawn them, how long the longest task was, and in how many frames the picture changed.
// `careergraphKinds` are the colours of the nodes, as #rrggbb.
(() => {
  const watch = { network: null, shown: null, ready: null, seen: 0, longest: 0, frames: 0, drew: false, places: null };
  window.careergraphWatch = watch;

  // Small nodes are smoothed all over, so hardly a pixel has their very colour.
  const NEAR = 16;
  const ENOUGH = 10;

  // Tasks of 50 ms and more are all that browsers report.
  new PerformanceObserver((list) => {
    for (const task of list.getEntries()) watch.longest = Math.max(watch.longest, task.duration);
  }).observe({ type: "longtask", buffered: true });

  // What is drawn within a frame has been painted when the next one starts; what is drawn before a frame, one later.
  const channel = new MessageChannel();
  let inFrame = false;
  let number = 0;
  channel.port1.onmessage = () => (inFrame = false);
  const afterPainting = () => number + (inFrame ? 1 : 2);
  const due = { shown: Infinity, ready: Infinity };
  const frame = () => {
    number += 1;
    inFrame = true;
    channel.port2.postMessage(null);
    const now = performance.now();
    if (number >= due.shown) look(now);
    if (number >= due.ready) {
      Object.assign(watch, { ready: now });
      due.ready = Infinity;
    }
    if (watch.shown === null || watch.ready === null) requestAnimationFrame(frame);
    else console.debug(`careergraph: shown at ${watch.shown}, ready at ${watch.ready}`);
  };
  requestAnimationFrame(frame);

  const look = (now) => {
    due.shown = Infinity;
    const counts = watch.count();
    if (Math.min(...counts) < ENOUGH) return;
    Object.assign(watch, { shown: now, seen: counts });
  };

  /** How many pixels there are of about the colour of each kind of node, in all pictures that the page shows. */
  watch.count = () => {
    const kinds = careergraphKinds.map((colour) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16)));
    const counts = kinds.map(() => 0);
    for (const canvas of document.querySelectorAll("canvas")) {
      if (!canvas.checkVisibility() || !canvas.width || !canvas.height) continue;
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      const near = (at, kind) => kind.every((value, channel) => Math.abs(data[at + channel] - value) < NEAR);
      for (let at = 0; at < data.length; at += 4) {
        const found = data[at + 3] ? kinds.findIndex((kind) => near(at, kind)) : -1;
        if (found >= 0) counts[found] += 1;
      }
    }
    return counts;
  };

  const { fill, drawImage } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.fill = function (...given) {
    if (watch.shown === null) due.shown = Math.min(due.shown, afterPainting());
    return fill.apply(this, given);
  };

  // A frame counts if the picture changed in it: vis-network drew, an image of the picture was drawn, or the picture
  // itself was moved.
  const places = () => {
    const canvases = document.querySelectorAll("canvas");
    return Array.from(canvases, (canvas) => Object.values(canvas.getBoundingClientRect().toJSON())).join();
  };
  const tick = () => {
    const now = places();
    if (watch.drew || now !== watch.places) watch.frames += 1;
    Object.assign(watch, { drew: false, places: now });
    requestAnimationFrame(tick);
  };
  watch.countFrames = () => {
    Object.assign(watch, { frames: 0, drew: false, places: places() });
    requestAnimationFrame(tick);
  };
  CanvasRenderingContext2D.prototype.drawImage = function (...given) {
    watch.drew ||= this.canvas.isConnected;
    return drawImage.apply(this, given);
  };

  const inView = (network) => {
    const { nodes, nodeIndices } = network.body;
    const { clientWidth, clientHeight } = network.canvas.frame.canvas;
    return nodeIndices.some((id) => {
      const { x, y } = network.canvasToDOM({ x: nodes[id].x, y: nodes[id].y });
      return x > 0 && y > 0 && x < clientWidth && y < clientHeight;
    });
  };

  const follow = (network) => {
    watch.network = network;
    network.on("afterDrawing", () => {
      watch.drew = true;
      if (watch.ready === null && inView(network)) due.ready = Math.min(due.ready, afterPainting());
    });
  };

  // vis-network puts an empty object into `window.vis` and then fills it.
  let library;
  Object.defineProperty(window, "vis", {
    configurable: true,
    get: () => library,
    set: (value) => {
      library = value;
      let Network;
      Object.defineProperty(value, "Network", {
        configurable: true,
        enumerable: true,
        get: () => Network,
        set: (Original) => {
          Network = class extends Original {
            constructor(...given) {
              super(...given);
              follow(this);
            }
          };
        },
      });
    },
  });
})();
