# alibabacloud_ecs20140526
from alibabacloud_ecs20140526.client import Client
from alibabacloud_tea_openapi.models import Config

client = Client(Config(access_key_id="testid", access_key_secret="testsecret", region_id="cn-hangzhou",
                       endpoint="@endpoint@", protocol="http"))

# aliyun-python-sdk-ecs
from aliyunsdkcore.client import AcsClient

client = AcsClient("testid", "testsecret", "cn-hangzhou")
client.add_endpoint("cn-hangzhou", "Ecs", "@endpoint@")
