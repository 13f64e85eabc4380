provider "alicloud" {
  access_key = "testid"
  secret_key = "testsecret"
  region     = "cn-hangzhou"
  protocol   = "HTTP"

  endpoints {
    ecs        = "@endpoint@"
    sts        = "@endpoint@"
    location   = "@endpoint@"
    bssopenapi = "@endpoint@"
  }
}
