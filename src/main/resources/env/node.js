@https@// If the certificate is the server's own, the environment needs NODE_EXTRA_CA_CERTS=certificate.pem.
// @alicloud/ecs20140526
const Ecs = require("@alicloud/ecs20140526").default;
const { $OpenApiUtil } = require("@alicloud/openapi-core");

const client = new Ecs(new $OpenApiUtil.Config({
  accessKeyId: "testid",
  accessKeySecret: "testsecret",
  regionId: "cn-hangzhou",
  endpoint: "@endpoint@",
  protocol: "@scheme@",
}));

// @alicloud/pop-core
const { RPCClient } = require("@alicloud/pop-core");

const popClient = new RPCClient({
  accessKeyId: "testid",
  accessKeySecret: "testsecret",
  endpoint: "@url@",
  apiVersion: "2014-05-26",
});
