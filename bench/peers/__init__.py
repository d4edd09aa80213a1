"""The generators that are measured: where each wants its files, how it is started, what an edit is in it."""

from __future__ import annotations

from collections.abc import Mapping

from bench.peers.eleventy import ELEVENTY
from bench.peers.hugo import HUGO
from bench.peers.peer import Peer
from bench.peers.sitegen import SITEGEN

PEERS: Mapping[str, Peer] = {peer.name: peer for peer in (SITEGEN, HUGO, ELEVENTY)}
