@https@# If the certificate is the server's own: Config(…, ca="certificate.pem"), or verify="certificate.pem" for AcsClient.
# alibabacloud_ecs20140526
from alibabacloud_ecs20140526.client import Client
from alibabacloud_tea_openapi.models import Config

client = Client(Config(access_key_id="testid", access_key_secret="testsecret", region_id="cn-hangzhou",
                       endpoint="@endpoint@", protocol="@scheme@"))

# aliyun-python-sdk-ecs
from aliyunsdkcore.client import AcsClient

client = AcsClient("testid", "testsecret", "cn-hangzhou")
client.add_endpoint("cn-hangzhou", "Ecs", "@endpoint@")
@https@# And for each request: request.set_protocol_type("https")
