# The server with its starter models, for podman or docker (BuildKit): `make image`; docs/operations.md tells how to run it.
#
# Behind a package mirror, hand pip's settings to the build: as build args, which stay out of the final image,
#   --build-arg PIP_INDEX_URL=https://mirror.example/simple
# or as files, which stay out of every layer:
#   --secret id=pip.conf,src=pip.conf --secret id=ca.pem,src=roots.pem --build-arg PIP_CERT=/run/secrets/ca.pem
#
# Any base with Python 3.11 or later and its venv module will do. For the same bytes again pin it by digest (python@sha256:...), and fix the times:
# podman build --timestamp 0, or docker build --build-arg SOURCE_DATE_EPOCH=0 --output type=image,rewrite-timestamp=true. Versions of packages
# are exact either way: pyproject.toml and constraints.txt hold them.
ARG BASE_IMAGE=python:3.11-slim-bookworm

FROM ${BASE_IMAGE} AS dependencies
ARG PIP_INDEX_URL
ARG PIP_EXTRA_INDEX_URL
ARG PIP_FIND_LINKS
ARG PIP_TRUSTED_HOST
ARG PIP_CERT
# Extras of pyproject.toml, separated by spaces: "bart" serves BART models, whose tokenizer the plain image does without.
ARG EXTRAS=""
ENV EXTRAS=$EXTRAS PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_QUIET=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /build
# For `strip`, below. Where the base's package sources cannot be reached, the image works as well and is larger.
RUN { apt-get update -qq && apt-get install -qq --no-install-recommends binutils >/dev/null; } \
    || echo "no binutils: debug information stays in the image, about 70 MB" >&2
COPY pyproject.toml constraints.txt ./
COPY client/pyproject.toml client/
# What the two distributions depend on, without themselves, so that this layer lasts until their dependencies change.
RUN --mount=type=secret,id=pip.conf,target=/etc/pip.conf --mount=type=secret,id=ca.pem \
    python3 -m venv tools \
    && python3 -m venv --without-pip /opt/korotko \
    && python3 -c "import os, tomllib; \
server, client = (tomllib.load(open(name, 'rb')) for name in ('pyproject.toml', 'client/pyproject.toml')); \
extras = [server['project']['optional-dependencies'][name] for name in os.environ['EXTRAS'].split()]; \
needed = sum(extras, server['project']['dependencies'] + client['project']['dependencies']); \
print(*(one for one in needed if not one.startswith('korotko')), sep='\n', file=open('serving.txt', 'w')); \
print(*server['build-system']['requires'], sep='\n', file=open('building.txt', 'w'))" \
    && tools/bin/pip install --constraint constraints.txt --requirement building.txt \
    && tools/bin/pip --python /opt/korotko install \
        --no-compile --only-binary :all: --constraint constraints.txt --requirement serving.txt
# The packages' tests, stubs, static libraries and commands are of no use here. Bytecode is: the server cannot write its own.
RUN find /opt/korotko/lib -depth \( -name tests -o -name '*.pyi' -o -name '*.a' \) -exec rm -r {} + \
    && find /opt/korotko/bin -type f -delete \
    && { ! command -v strip >/dev/null || strip --strip-debug /opt/korotko/lib/python3*/site-packages/ctranslate2/_ext*.so; } \
    && /opt/korotko/bin/python -m compileall -q --invalidation-mode unchecked-hash /opt/korotko/lib \
    && chmod -R a+rX /opt/korotko

FROM dependencies AS application
COPY LICENSE README.md ./
COPY client client
COPY service service
COPY seeds/models seeds/models
# Into a prefix of its own, a small layer above the dependencies; then together with them once, to see that nothing is missing.
RUN tools/bin/pip wheel --no-deps --no-index --no-build-isolation --wheel-dir wheels ./client . \
    && tools/bin/pip --python /opt/korotko install --no-deps --no-index --no-compile --prefix /application wheels/*.whl \
    && /opt/korotko/bin/python -m compileall -q --invalidation-mode unchecked-hash /application/lib \
    && cd /application \
    && ln -s lib/python3*/site-packages/korotko_service/seeds/models models \
    && test -d models/starter \
    && chmod -R a+rX . \
    && cp -a . /opt/korotko \
    && /build/tools/bin/pip --python /opt/korotko check

FROM ${BASE_IMAGE}
# One user that owns nothing. Models mounted at /models serve beside those of the image; a settings file mounted over
# /etc/korotko/korotko.toml takes this one's place, and KOROTKO_* variables win over both.
RUN echo 'korotko:x:65532:' >> /etc/group \
    && echo 'korotko:x:65532:65532::/nonexistent:/usr/sbin/nologin' >> /etc/passwd \
    && mkdir /models /etc/korotko \
    && echo 'models = ["/models", "/opt/korotko/models"]' > /etc/korotko/korotko.toml \
    && cd "$(python3 -c 'import sysconfig; print(sysconfig.get_path("stdlib"))')" \
    && rm -rf ensurepip site-packages/pip* site-packages/setuptools* site-packages/wheel* site-packages/_distutils_hack \
        site-packages/distutils-precedence.pth /usr/local/bin/pip* /usr/local/bin/wheel /usr/share/python-wheels
COPY --from=dependencies /opt/korotko /opt/korotko
COPY --from=application /application /opt/korotko
# Both commands start; and what they use of the standard library is compiled, which some bases leave to every start.
RUN /opt/korotko/bin/korotko-service --version && /opt/korotko/bin/korotko --version

ARG BASE_IMAGE
# What this image is of; `make image` says both. Down here, so that a new commit makes no layer anew.
ARG VERSION=""
ARG REVISION=""
LABEL org.opencontainers.image.title="Korotko" \
    org.opencontainers.image.description="Short briefs of news articles in English, Ukrainian and Russian, and translation, over gRPC" \
    org.opencontainers.image.licenses="Apache-2.0 AND CC-BY-SA-4.0" \
    org.opencontainers.image.version="${VERSION}" \
    org.opencontainers.image.revision="${REVISION}" \
    org.opencontainers.image.base.name="${BASE_IMAGE}"
# OpenBLAS, which only language detection uses, would start a thread for each core of the host, whatever share of them is ours.
# gRPC would mix lines about broken headers of clients into the log.
ENV PATH=/opt/korotko/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    OPENBLAS_NUM_THREADS=1 \
    GRPC_VERBOSITY=NONE \
    KOROTKO_CONFIG=/etc/korotko/korotko.toml \
    KOROTKO_HOST=0.0.0.0
USER 65532:65532
WORKDIR /
# gRPC, and metrics where KOROTKO_METRICS_PORT=9464 asks for them.
EXPOSE 50051 9464
STOPSIGNAL SIGTERM
# The stock gRPC health service, asked by the client. A settings file that moves the port says so to the probe in KOROTKO_SERVER.
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 \
    CMD exec korotko health --timeout 8 --server "${KOROTKO_SERVER:-localhost:${KOROTKO_PORT:-50051}}" \
        ${KOROTKO_TLS_CERTIFICATE:+--ca "$KOROTKO_TLS_CERTIFICATE"}
ENTRYPOINT ["korotko-service"]
CMD ["serve"]
