"""The models folder: chosen well, changed by one command at a time, and never beyond itself."""

import shutil
from pathlib import Path

import pytest

from korotko_service.engines import manifest as manifests
from korotko_service.engines.manifest import Manifest
from korotko_service.errors import ProvisionRefused
from korotko_service.provision import home as homes
from korotko_service.provision.home import Home
from tests.service.provision.samples import STARTER


def installed(folder: Path) -> Manifest:
    return manifests.read(Path(shutil.copytree(STARTER, folder)))


def test_the_first_folder_of_the_settings_that_can_be_written_to_is_chosen(tmp_path: Path) -> None:
    embedded, single, good = tmp_path / "embedded", tmp_path / "single", tmp_path / "good"
    embedded.mkdir()
    installed(single)
    (tmp_path / "file").touch()
    folders = [tmp_path / "file", embedded, single, good, tmp_path / "later"]
    assert homes.choose(folders, None, protected=[embedded]).folder == good


def test_without_a_folder_to_write_to_the_way_out_is_told(tmp_path: Path) -> None:
    with pytest.raises(ProvisionRefused, match=r"settings: none\); set KOROTKO_MODELS to one or give --models-dir FOLDER"):
        homes.choose([], None)


def test_a_given_folder_wins(tmp_path: Path) -> None:
    assert homes.choose([tmp_path], tmp_path / "given").folder == tmp_path / "given"


def test_a_given_folder_that_cannot_take_models_is_refused(tmp_path: Path) -> None:
    installed(tmp_path / "model")
    (tmp_path / "file").touch()
    for given, message in (("model", "a model itself"), ("embedded/x", "embedded starter"), ("file", "cannot be written to")):
        with pytest.raises(ProvisionRefused, match=message):
            homes.choose([], tmp_path / given, protected=[tmp_path / "embedded"])


def test_two_commands_do_not_change_one_folder_at_a_time(home: Home) -> None:
    with home.staging(), pytest.raises(ProvisionRefused, match="another korotko-service command is changing"), home.staging():
        pass
    with home.staging():
        pass


def test_what_a_killed_command_left_is_swept(home: Home) -> None:
    with home.staging() as work:
        pass
    work.mkdir()
    (work / "half").touch()
    with home.staging() as work:
        assert list(work.iterdir()) == []


def test_a_model_that_a_killed_command_had_moved_aside_comes_back(home: Home) -> None:
    with home.staging() as work:
        pass
    installed(work / "replaced-mine")
    with home.staging():
        assert manifests.read(home.folder / "mine").name == "korotko-starter"


def test_a_model_that_an_interrupted_command_had_moved_aside_comes_back(home: Home) -> None:
    installed(home.folder / "mine")

    def interrupted() -> None:
        with home.staging() as work:
            (home.folder / "mine").rename(work / "replaced-mine")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert manifests.read(home.folder / "mine").name == "korotko-starter"


def test_half_a_model_is_never_where_a_server_looks(home: Home) -> None:
    with home.staging() as work:
        installed(work / "model")
        assert list(home.folder.glob(f"*/{manifests.FILE_NAME}")) == []


def test_what_is_in_the_way_and_no_model_is_kept(home: Home) -> None:
    (home.folder / "name").mkdir(parents=True)
    with pytest.raises(ProvisionRefused, match="in the way and is no model"):
        home.check_free("name", replace=True)


def test_a_model_is_removed_whole(home: Home) -> None:
    manifest = installed(home.folder / "mine")
    homes.remove(manifest, [home.folder], protected=[])
    assert [path.name for path in home.folder.rglob("*")] == [".staging", "lock"]


def test_the_embedded_starter_stays(tmp_path: Path, home: Home) -> None:
    manifest = installed(home.folder / "starter")
    with pytest.raises(ProvisionRefused, match="embedded starter"):
        homes.remove(manifest, [home.folder], protected=[home.folder])
    assert manifest.folder.is_dir()


def test_nothing_outside_the_models_folders_is_removed(tmp_path: Path, home: Home) -> None:
    outside = installed(tmp_path / "elsewhere/mine")
    with pytest.raises(ProvisionRefused, match="no model inside a models folder"):
        homes.remove(outside, [home.folder], protected=[])
    home.folder.mkdir()
    (home.folder / "linked").symlink_to(outside.folder)
    with pytest.raises(ProvisionRefused, match="is a link; remove it by hand"):
        homes.remove(manifests.read(home.folder / "linked"), [home.folder], protected=[])
    with pytest.raises(ProvisionRefused, match="no model inside a models folder"):
        homes.remove(outside, [outside.folder], protected=[])
    assert outside.folder.is_dir()
