provider "alicloud" {
  access_key = "testid"
  secret_key = "testsecret"
  region     = "cn-hangzhou"
@http@  protocol   = "HTTP"
@https@  # If the certificate is the server's own, the environment needs SSL_CERT_FILE=certificate.pem.
@https@  protocol   = "HTTPS"

  endpoints {
    ecs        = "@endpoint@"
    sts        = "@endpoint@"
    location   = "@endpoint@"
    bssopenapi = "@endpoint@"
  }
}
