"""The licence gate: a model that forbids commercial use is installed only by someone who says so."""

from korotko_service.errors import ProvisionRefused


def forbids_commerce(licence: str) -> bool:
    """Whether a licence forbids commercial use by its own SPDX name, as the CC-BY-NC family does."""
    return "NC" in licence.upper().split("-")


def check_licence(name: str, licence: str, *, commercial_use: bool, accepted: bool) -> None:
    """Refuse a model whose licence forbids commercial use, unless that was accepted."""
    if not (commercial_use or accepted):
        raise ProvisionRefused(
            f"{name} is licensed under {licence}, which forbids commercial use; --accept-noncommercial accepts that, "
            "and the server serves it only with accept_noncommercial = true"
        )
