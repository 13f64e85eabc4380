# The aliyun command line, with these in the place of its profile.
export ALIBABA_CLOUD_IGNORE_PROFILE=TRUE
export ALIBABA_CLOUD_ACCESS_KEY_ID=testid
export ALIBABA_CLOUD_ACCESS_KEY_SECRET=testsecret
export ALIBABA_CLOUD_REGION_ID=cn-hangzhou
export ALIBABA_CLOUD_ENDPOINT="@endpoint@"
export NO_PROXY="${NO_PROXY:+$NO_PROXY,}@host@"
# No variable makes it speak plain HTTP; this option does.
aliyun() {
  case "${1:-}" in
    ecs | sts | location | bssopenapi) command aliyun "$@" --insecure ;;
    *) command aliyun "$@" ;;
  esac
}
