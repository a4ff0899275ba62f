"""Words that tell too little by themselves to stand for something: in titles, and as names of tools."""

#: Words that many titles end with, and that say too little by themselves.
SAY_LITTLE = frozenset(
    (
        *("manager", "engineer", "director", "worker", "assistant", "officer", "specialist", "associate", "analyst"),
        *("consultant", "strategist", "researcher", "scientist", "developer", "coordinator", "technician", "operator"),
        *("administrator", "expert", "executive", "agent", "adviser", "advisor", "lead", "pm", "representative"),
        *("supervisor", "partner", "fellow", "strategy", "policy", "academic", "humanities", "history", "engineering"),
        *("president", "producer", "server", "buyer", "trader", "linguist"),
    )
)
#: Names of tools that are ordinary words: what begins with one need not be about it.
ORDINARY = frozenset(
    (
        *("spring", "go", "swift", "rust", "express", "word", "excel", "outlook", "access", "teams", "slack", "zoom"),
        *("notion", "spark", "chef", "puppet", "ray", "sage", "epic", "canvas", "mural", "cursor", "maya", "rhino"),
        *("sketch", "keynote", "orange", "helm", "hive", "pig", "presto", "prefect", "airflow", "flask", "dash"),
        *("bootstrap", "julia", "ruby", "dart", "scratch", "stan", "annoy", "haystack", "gemini", "claude", "llama"),
        *("sentry", "bamboo", "ada", "scheme", "less", "mocha", "jest", "cypress", "unity", "blender", "windows"),
        *("premiere", "illustrator", "chroma", "neptune", "iceberg", "domo", "codex", "premier", "amplitude", "stem"),
        *("shell", "apex", "groovy", "node", "native", "react", "angular", "basic"),
        *("apache", "google", "epic systems", "command line", "macros", "facebook", "twitter", "instagram", "youtube"),
    )
)
