"""Tools that turn definitions of credentials into a catalogue and into hosted Open Badges."""

__version__ = "0.1.0"
