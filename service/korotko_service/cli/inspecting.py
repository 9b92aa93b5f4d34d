"""Look at models and leave them as they are: `models list` and `models verify`."""

import argparse
import json
import sys

from korotko_service.cli import folders, listing
from korotko_service.config import Settings
from korotko_service.engines import loading
from korotko_service.engines.manifest import Manifest
from korotko_service.errors import ModelInvalid, ProvisionRefused
from korotko_service.provision.fitting import check_fit


def show(options: argparse.Namespace, settings: Settings) -> int:
    """List what is installed, or what can be pulled."""
    entries = listing.known_models() if options.known else listing.installed(loading.find(folders.of(options, settings)))
    _report_ignored(options, settings)
    print(
        json.dumps([each.table for each in entries], ensure_ascii=False, indent=2)
        if options.json
        else listing.text(entries) or _none(options, settings)
    )
    if options.known and not options.json:
        print(listing.sets())
    return 0


def verify(options: argparse.Namespace, settings: Settings) -> int:
    """Check one model or all; of all also that nothing else looks like one."""
    found = loading.find(folders.of(options, settings))
    failed = 0 if options.name else _report_ignored(options, settings)
    chosen = [manifest for manifest in found if options.name in (None, manifest.name, manifest.reference)]
    if not chosen:
        raise ProvisionRefused(folders.not_installed(options.name, found) if found else _none(options, settings))
    for manifest in chosen:
        fault = _fault(manifest, settings)
        failed += bool(fault)
        print(fault or f"{manifest.name}: ok", file=sys.stderr if fault else sys.stdout)
    return 1 if failed else 0


def _fault(manifest: Manifest, settings: Settings) -> str:
    """What is wrong with the model; "" where nothing is."""
    try:
        loading.attempt(manifest, device=settings.device, compute_type=settings.compute_type)
        check_fit(manifest)
    except ModelInvalid as error:
        return f"{manifest.name}: {error}"
    except ProvisionRefused as error:
        return str(error)
    return ""


def _report_ignored(options: argparse.Namespace, settings: Settings) -> int:
    """How many folders look like models and are none, each said on a line."""
    found = loading.ignored(folders.of(options, settings))
    for folder, reason in found.items():
        print(f"korotko-service: {folder} is not served: {reason}", file=sys.stderr)
    return len(found)


def _none(options: argparse.Namespace, settings: Settings) -> str:
    where = ", ".join(map(str, folders.of(options, settings)))
    return f"no model in {where}; `korotko-service models list --known` shows what can be pulled"
