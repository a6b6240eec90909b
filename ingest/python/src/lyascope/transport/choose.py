"""Which way out the settings ask for."""

from __future__ import annotations

import codecs
import contextlib
import importlib

from ..settings import Settings
from . import Transport
from .http import HttpTransport
from .spool import SpoolTransport


def prepare(settings: Settings) -> None:
    """Imports what the transport needs, in the thread of the caller.

    A process that forks while another thread imports leaves its child with a lock that nobody will
    ever let go of.
    """
    if settings.mode == "online" and settings.bootstrap_servers:
        with contextlib.suppress(ImportError):
            importlib.import_module("lyascope.transport.kafka")
    elif settings.mode == "online":
        # Python imports it at the first look-up of a host's name, numbers included.
        codecs.lookup("idna")


def open_transport(settings: Settings, run: str) -> Transport:
    """A new transport for this process.

    Raises ImportError where Kafka is asked for and `confluent_kafka` is not installed.
    """
    if settings.mode == "offline":
        return SpoolTransport(settings.directory, run)
    if settings.bootstrap_servers:
        from .kafka import KafkaTransport

        return KafkaTransport(settings, run)
    return HttpTransport(settings.url, run, settings.token)
