"""Where statements lie: files, data sets on disk, and remote endpoints."""
