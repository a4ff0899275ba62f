"""`python -m careergraph`."""

from careergraph.cli import run

if __name__ == "__main__":
    run()
