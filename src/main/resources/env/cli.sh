# The aliyun command line, with these in the place of its profile.
export ALIBABA_CLOUD_IGNORE_PROFILE=TRUE
export ALIBABA_CLOUD_ACCESS_KEY_ID=testid
export ALIBABA_CLOUD_ACCESS_KEY_SECRET=testsecret
export ALIBABA_CLOUD_REGION_ID=cn-hangzhou
export ALIBABA_CLOUD_ENDPOINT="@endpoint@"
export NO_PROXY="${NO_PROXY:+$NO_PROXY,}@host@"
@https@# If the certificate is the server's own: export SSL_CERT_FILE=certificate.pem
@http@# No variable makes it speak plain HTTP; this option does.
@http@aliyun() {
@http@  case "${1:-}" in
@http@    ecs | sts | location | bssopenapi) command aliyun "$@" --insecure ;;
@http@    *) command aliyun "$@" ;;
@http@  esac
@http@}
