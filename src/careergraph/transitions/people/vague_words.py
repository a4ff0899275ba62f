"""Words that say too little by themselves, in titles and as names of tools."""

#: Words that many titles end with, and that say too little by themselves.
SAY_LITTLE = frozenset(
    (
        *("manager", "engineer", "director", "worker", "assistant", "officer", "specialist", "associate", "analyst"),
        *("consultant", "strategist", "researcher", "scientist", "developer", "coordinator", "technician", "operator"),
        *("administrator", "expert", "executive", "agent", "adviser", "advisor", "lead", "pm", "representative"),
        *("supervisor", "partner", "fellow", "strategy", "policy", "academic", "humanities", "history", "engineering"),
        *(
            "president",
            "clerk",
            "architect",
            "ambassador",
            "producer",
            "server",
            "buyer",
            "trader",
            "linguist",
            "controller",
            "sergeant",
            "captain",
            "model",
        ),
        *("owner", "partner", "extra", "runner", "companion", "graduate", "pupil", "landlord", "founder", "loader"),
        *("groom", "supervisor", "faculty", "principal", "editor", "auditor", "adviser", "host", "steward", "porter"),
        *(
            "counsellor",
            "counselor",
            "broker",
            "marine",
            "fitter",
            "printer",
            "teller",
            "performer",
            "packer",
            "caretaker",
        ),
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
#: Names of tools that mean something else where they begin a phrase about it: *Kafka novels*, *docker at the port*.
ALSO_OTHER = ORDINARY | frozenset(
    ("python", "kafka", "azure", "docker", "git", "pandas", "panda", "oracle", "delphi", "java")
)
#: What is made with tools, or done to them: where one of these follows, a name that is an ordinary word is the tool's.
MADE_WITH_TOOLS = frozenset(
    (
        *(
            "3d",
            "pro",
            "api",
            "apis",
            "app",
            "apps",
            "application",
            "applications",
            "backend",
            "boot",
            "branching",
            "chart",
        ),
        *("charts", "cloud", "cluster", "clusters", "code", "coding", "component", "components", "compose", "connect"),
        *("container", "containers", "dag", "dags", "dashboard", "dashboards", "data", "dataframe", "dataframes"),
        *(
            "deployment",
            "deployments",
            "developer",
            "development",
            "devops",
            "flow",
            "formula",
            "formulas",
            "framework",
        ),
        *("frameworks", "frontend", "function", "functions", "games", "hook", "hooks", "hub", "image", "images"),
        *("integration", "integrations", "job", "jobs", "lambda", "libraries", "library", "macro", "macros", "ml"),
        *("microservice", "microservices", "model", "models", "module", "modules", "notebook", "notebooks", "package"),
        *("packages", "pipeline", "pipelines", "pivot", "plugin", "plugins", "programming", "project", "projects"),
        *(
            "queries",
            "query",
            "report",
            "reports",
            "repositories",
            "router",
            "routers",
            "script",
            "scripting",
            "scripts",
        ),
        *("server", "servers", "service", "services", "spreadsheets", "sql", "stream", "streaming", "streams", "swarm"),
        *("tables", "template", "templates", "testing", "tests", "theme", "themes", "topic", "topics", "visualisation"),
        *("visualisations", "visualization", "visualizations", "vm", "vms", "web", "workflow", "workflows"),
    )
)
