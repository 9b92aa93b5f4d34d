#!/bin/sh
# Generate the stubs of korotko.v1 into the folder given, with the pinned generator of .venv-protos.
set -eu
cd "$(dirname "$0")/.."
out=$1
bin=$PWD/.venv-protos/bin
includes=$("$bin/python" -c 'import google.api; print(list(google.api.__path__)[0].removesuffix("/google/api"))')
mkdir -p "$out"
PATH="$bin:$PATH" "$bin/python" -m grpc_tools.protoc -I protos -I "$includes" \
  --python_out="$out" --mypy_out=quiet:"$out" protos/korotko/v1/*.proto
# Only this file declares a service; the others would get empty modules.
PATH="$bin:$PATH" "$bin/python" -m grpc_tools.protoc -I protos -I "$includes" \
  --grpc_python_out="$out" --mypy_grpc_out=quiet:"$out" protos/korotko/v1/service.proto
