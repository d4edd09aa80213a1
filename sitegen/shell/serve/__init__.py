"""The preview server: livereload, held to this computer and to the site's own rules.

From a saved file to the page: ``watching`` notices, ``changes`` gathers until a burst is over, ``builder`` waits in a
thread for the ``process`` in which ``rebuild`` builds, ``preview`` knows what each open page has to do about it,
``channel`` tells it. ``handlers`` answers requests, after ``guard`` has let them in, with what ``files`` finds.

Nothing is imported here: the process that builds has no need of a server.
"""
