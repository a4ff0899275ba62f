// Runs before a page's own scripts, the same for every page: tells when vis-network has first drawn a graph that can be
// seen, how long the longest task was, and in how many frames the picture changed.
(() => {
  const watch = { network: null, shown: null, longest: 0, frames: 0, drew: false, places: null };
  window.careergraphWatch = watch;

  // Tasks of 50 ms and more are all that browsers report.
  new PerformanceObserver((list) => {
    for (const task of list.getEntries()) watch.longest = Math.max(watch.longest, task.duration);
  }).observe({ type: "longtask", buffered: true });

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
  watch.count = () => {
    Object.assign(watch, { frames: 0, drew: false, places: places() });
    requestAnimationFrame(tick);
  };
  const { drawImage } = CanvasRenderingContext2D.prototype;
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
      if (watch.shown !== null || !inView(network)) return;
      watch.shown = 0;
      // The next frame starts when this one has been painted.
      requestAnimationFrame(() => {
        watch.shown = performance.now();
        console.debug(`careergraph: shown at ${watch.shown}`);
      });
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
