"""Imported by the process that others fork from: what each of them reads at its start has been read already."""

from importlib import import_module

from coach.content.folders import config_folder
from coach.content.safety import load_rules

LATE = (
    "apscheduler.triggers.interval",
    "coach.engine.procrastinate",
    "psycopg",
    "sqlalchemy.dialects.postgresql.psycopg",
    "sqlalchemy.dialects.sqlite.pysqlite",
    "tests.torture.processes",
    "twilio.rest.api.v2010.account",
    "uvicorn.lifespan.on",
    "uvicorn.loops.auto",
    "uvicorn.protocols.http.auto",
    "uvicorn.protocols.http.h11_impl",
    "uvicorn.protocols.websockets.auto",
)
"""What is imported on first use otherwise, by the product and by what it stands on."""

for name in LATE:
    import_module(name)
load_rules(config_folder())
