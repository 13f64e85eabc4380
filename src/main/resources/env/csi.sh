# The disk driver's controller, to be started from here with --run-node-service=false.
export ECS_ENDPOINT="@endpoint@"
export STS_ENDPOINT="@endpoint@"
export ALICLOUD_CLIENT_SCHEME=@scheme@
@https@# If the certificate is the server's own: export SSL_CERT_FILE=certificate.pem
export REGION_ID=cn-hangzhou
export ALIBABA_CLOUD_ACCESS_KEY_ID=testid
export ALIBABA_CLOUD_ACCESS_KEY_SECRET=testsecret
# It is not on a machine of the vendor that it could ask.
export ALIBABA_CLOUD_NO_ECS_METADATA=1
export DISK_AD_CONTROLLER=true
export NO_PROXY="${NO_PROXY:+$NO_PROXY,}@host@"
