"""No library of ours may reach for the network: which settings say so."""

from __future__ import annotations

import os

# onnxruntime tells its maker what runs where, from 1.29 on, and reads this once, as it starts.
SETTINGS = {"HF_HUB_OFFLINE": "1", "ORT_DISABLE_TELEMETRY": "1"}


def stay_offline() -> None:
    """Set them, before the libraries are imported."""
    os.environ.update(SETTINGS)


def unset() -> list[str]:
    """Those that are not set."""
    return [name for name, value in SETTINGS.items() if os.environ.get(name) != value]
