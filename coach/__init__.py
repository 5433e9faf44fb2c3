"""coach texts people who live with chronic back pain and low mood, and listens to their answers."""

__version__ = "0.1.0"
