package dev.moorage.contract;

/** Every code a caller can hear. Status and text are data: they differ from action to action. */
public enum ErrorCode {
    CHARGE_TYPE_VIOLATION("ChargeTypeViolation"),
    DELETE_WITH_INSTANCE_CONFLICT("DeleteWithInstance.Conflict"),
    DEPENDENCY_VIOLATION("DependencyViolation"),
    DISK_ID_VALUE_NOT_SUPPORTED("DiskId.ValueNotSupported"),
    DISK_NOT_PORTABLE("DiskNotPortable"),
    DISK_TYPE_VIOLATION("DiskTypeViolation"),
    DRY_RUN_OPERATION("DryRunOperation"),
    DUPLICATE_TAG_KEY("Duplicate.TagKey"),
    EVENT_ID_LIMIT_EXCEEDED("EventIdLimitExceeded"),
    IDEMPOTENT_PARAMETER_MISMATCH("IdempotentParameterMismatch"),
    /** The vendor's own spelling, with a blank. */
    ILLEGAL_PARAMETER("Illegal Parameter"),
    INCORRECT_DISK_STATUS("IncorrectDiskStatus"),
    INCORRECT_DISK_STATUS_INITIALIZING("IncorrectDiskStatus.Initializing"),
    INCORRECT_INSTANCE_STATUS("IncorrectInstanceStatus"),
    INCORRECT_INSTANCE_STATUS_INITIALIZING("IncorrectInstanceStatus.Initializing"),
    INSTANCE_DISK_LIMIT_EXCEEDED("InstanceDiskLimitExceeded"),
    INSTANCE_DISK_NUM_LIMIT_EXCEED("InstanceDiskNumLimitExceed"),
    INSTANCE_ID_LIMIT_EXCEEDED("InstanceIdLimitExceeded"),
    INSTANCE_LOCKED_FOR_SECURITY("InstanceLockedForSecurity"),
    INTERNAL_ERROR("InternalError"),
    INVALID_ACCEPT_LANGUAGE_NOT_FOUND("InvalidAcceptLanguage.NotFound"),
    INVALID_ACCESS_KEY_ID_NOT_FOUND("InvalidAccessKeyId.NotFound"),
    INVALID_ACTION_NOT_FOUND("InvalidAction.NotFound"),
    INVALID_ARCHITECTURE("InvalidArchitecture"),
    INVALID_CATEGORY_VALUE_NOT_SUPPORTED("InvalidCategory.ValueNotSupported"),
    INVALID_CHARGE_TYPE_VALUE_NOT_SUPPORTED("InvalidChargeType.ValueNotSupported"),
    INVALID_CLIENT_TOKEN_VALUE_NOT_SUPPORTED("InvalidClientToken.ValueNotSupported"),
    INVALID_DATA_DEVICE_MALFORMED("InvalidDataDevice.Malformed"),
    INVALID_DATA_DISK_CATEGORY_VALUE_NOT_SUPPORTED("InvalidDataDiskCategory.ValueNotSupported"),
    INVALID_DATA_DISK_SIZE_VALUE_NOT_SUPPORTED("InvalidDataDiskSize.ValueNotSupported"),
    INVALID_DATA_DISK_SNAPSHOT_ID_NOT_FOUND("InvalidDataDiskSnapshotId.NotFound"),
    INVALID_DEDICATED_HOST_ID_NOT_FOUND("InvalidDedicatedHostId.NotFound"),
    INVALID_DESCRIPTION_MALFORMED("InvalidDescription.Malformed"),
    INVALID_DESTINATION_RESOURCE("Invalid.DestinationResource"),
    INVALID_DEVICE_IN_USE("InvalidDevice.InUse"),
    INVALID_DEVICE_MALFORMED("InvalidDevice.Malformed"),
    INVALID_DISK_ALREADY_DETACHED("InvalidDisk.AlreadyDetached"),
    INVALID_DISK_CATEGORY_NOT_SUPPORTED("InvalidDiskCategory.NotSupported"),
    INVALID_DISK_CATEGORY_VALUE_NOT_SUPPORTED("InvalidDiskCategory.ValueNotSupported"),
    INVALID_DISK_DESCRIPTION_MALFORMED("InvalidDiskDescription.Malformed"),
    INVALID_DISK_ID_NOT_FOUND("InvalidDiskId.NotFound"),
    INVALID_DISK_ID_RELEASED("InvalidDiskId.Released"),
    INVALID_DISK_IDS_MALFORMED("InvalidDiskIds.Malformed"),
    INVALID_DISK_NAME_MALFORMED("InvalidDiskName.Malformed"),
    INVALID_DISK_SIZE_NOT_SUPPORTED("InvalidDiskSize.NotSupported"),
    INVALID_DISK_SIZE_TOO_SMALL("InvalidDiskSize.TooSmall"),
    INVALID_DISK_TYPE_VALUE_NOT_SUPPORTED("InvalidDiskType.ValueNotSupported"),
    INVALID_FILTER_KEY_NOT_FOUND("InvalidFilterKey.NotFound"),
    INVALID_FILTER_VALUE("InvalidFilterValue"),
    INVALID_HOST_NAME_MALFORMED("InvalidHostName.Malformed"),
    INVALID_IMAGE_OWNER_ALIAS_VALUE_NOT_SUPPORTED("InvalidImageOwnerAlias.ValueNotSupported"),
    INVALID_INSTANCE_CHARGE_TYPE("Invalid.InstanceChargeType"),
    INVALID_INSTANCE_CHARGE_TYPE_NOT_FOUND("InvalidInstanceChargeType.NotFound"),
    INVALID_INSTANCE_IDS_MALFORMED("InvalidInstanceIds.Malformed"),
    INVALID_INSTANCE_IDS_NOT_FOUND("InvalidInstanceIds.NotFound"),
    INVALID_INSTANCE_ID_NOT_FOUND("InvalidInstanceId.NotFound"),
    INVALID_INSTANCE_NAME_MALFORMED("InvalidInstanceName.Malformed"),
    INVALID_INSTANCE_TYPE_VALUE_NOT_SUPPORTED("InvalidInstanceType.ValueNotSupported"),
    INVALID_INTERNET_CHARGE_TYPE_VALUE_NOT_SUPPORTED("InvalidInternetChargeType.ValueNotSupported"),
    INVALID_IO_OPTIMIZED("Invalid.IoOptimized"),
    INVALID_LOCK_REASON_NOT_FOUND("InvalidLockReason.NotFound"),
    INVALID_MIN_AMOUNT_MALFORMED("InvalidMinAmount.Malformed"),
    INVALID_NETWORK_CATEGORY("Invalid.NetworkCategory"),
    INVALID_NETWORK_TYPE_NOT_FOUND("InvalidNetworkType.NotFound"),
    INVALID_OPERATION_DELETION_PROTECTION("InvalidOperation.DeletionProtection"),
    INVALID_OPERATION_DISK_DETACHING_FROM_THIS_ECS("InvalidOperation.DiskDetachingFromThisEcs"),
    INVALID_OS_TYPE("InvalidOSType"),
    INVALID_PARAM("Invalid.Param"),
    /** The vendor's own spelling. */
    INVALID_PARAMATER("InvalidParamater"),
    INVALID_PARAMETER("InvalidParameter"),
    INVALID_PARAMETER_ALL_EMPTY("InvalidParameter.AllEmpty"),
    INVALID_PARAMETER_CONFLICT("InvalidParameter.Conflict"),
    INVALID_PARAMETER_CREDIT_SPECIFICATION("InvalidParameter.CreditSpecification"),
    INVALID_PARAMETER_DISK_IDS("InvalidParameter.DiskIds"),
    INVALID_PARAMETER_ENCRYPTED_ILLEGAL("InvalidParameter.EncryptedIllegal"),
    INVALID_PARAMETER_INVALID_INSTANCE_ID("InvalidParameter.InvalidInstanceId"),
    INVALID_PARAMETER_RENEWAL_STATUS("InvalidParameter.RenewalStatus"),
    INVALID_PARAMETER_RENEWAL_STATUS_INSTANCE_ID("InvalidParameter.RenewalStatusInstanceId"),
    INVALID_PARAMETER_TIME_END_BEFORE_START("InvalidParameter.TimeEndBeforeStart"),
    INVALID_PARAMETER_TOO_MANY_INSTANCE_IDS("InvalidParameter.TooManyInstanceIds"),
    INVALID_PARAMETER_TO_MANY_INSTANCE_IDS("InvalidParameter.ToManyInstanceIds"),
    INVALID_PARAMS_HOSTNAME_EXCEED("InvalidParams.HostnameExceed"),
    INVALID_PARAMS_INSTANCE_NAME_EXCEED("InvalidParams.InstanceNameExceed"),
    INVALID_PARAM_AMOUNT("InvalidParam.Amount"),
    INVALID_PARAM_CORES("InvalidParam.Cores"),
    INVALID_PARAM_MEMORY("InvalidParam.Memory"),
    INVALID_PARAM_TYPE_AND_CPU_MEM_CONFLICT("InvalidParam.TypeAndCpuMem.Conflict"),
    INVALID_PASSWORD_MALFORMED("InvalidPassword.Malformed"),
    INVALID_PASSWORD_PARAM_MISMATCH("InvalidPasswordParam.Mismatch"),
    INVALID_PERIOD("InvalidPeriod"),
    INVALID_PERIOD_TYPE_VALUE_NOT_SUPPORTED("InvalidPeriodType.ValueNotSupported"),
    INVALID_PERIOD_UNIT_VALUE_NOT_SUPPORTED("InvalidPeriodUnit.ValueNotSupported"),
    INVALID_PRIVATE_IP_ADDRESS_DUPLICATED("InvalidPrivateIpAddress.Duplicated"),
    INVALID_PRIVATE_IP_ADDRESS_MALFORMED("InvalidPrivateIpAddress.Malformed"),
    INVALID_REGION_ID("Invalid.RegionId"),
    INVALID_REGION_ID_MAL_FORMED("InvalidRegionId.MalFormed"),
    /** What the services that know no disks call Invalid.RegionId. */
    INVALID_REGION_ID_WITHOUT_DOT("InvalidRegionId"),
    INVALID_REGION_ID_NOT_FOUND("InvalidRegionId.NotFound"),
    INVALID_REGION_NOT_FOUND("InvalidRegion.NotFound"),
    INVALID_RESOURCE_TYPE("Invalid.ResourceType"),
    INVALID_RESOURCE_TYPE_NOT_FOUND("InvalidResourceType.NotFound"),
    INVALID_SNAPSHOT_ID_NOT_DATA_DISK_SNAPSHOT("InvalidSnapshotId.NotDataDiskSnapshot"),
    INVALID_SNAPSHOT_ID_NOT_FOUND("InvalidSnapshotId.NotFound"),
    INVALID_SNAPSHOT_ID_NOT_READY("InvalidSnapshotId.NotReady"),
    INVALID_SPOT_PREPAID("InvalidSpotPrepaid"),
    INVALID_SPOT_STRATEGY("InvalidSpotStrategy"),
    /** What another action calls InvalidSpotStrategy. */
    INVALID_SPOT_STRATEGY_WITH_DOT("Invalid.SpotStrategy"),
    INVALID_STATUS_NOT_FOUND("InvalidStatus.NotFound"),
    INVALID_STATUS_VALUE_NOT_SUPPORTED("InvalidStatus.ValueNotSupported"),
    INVALID_SYSTEM_DISK_CATEGORY_VALUE_NOT_SUPPORTED("InvalidSystemDiskCategory.ValueNotSupported"),
    INVALID_SYSTEM_DISK_SIZE_LESS_THAN_IMAGE_SIZE("InvalidSystemDiskSize.LessThanImageSize"),
    INVALID_SYSTEM_DISK_SIZE_LESS_THAN_MIN_SIZE("InvalidSystemDiskSize.LessThanMinSize"),
    INVALID_SYSTEM_DISK_SIZE_MORE_THAN_MAX_SIZE("InvalidSystemDiskSize.MoreThanMaxSize"),
    INVALID_TAG_COUNT("InvalidTagCount"),
    INVALID_TAG_KEY_MALFORMED("InvalidTagKey.Malformed"),
    INVALID_TAG_MISMATCH("InvalidTag.Mismatch"),
    INVALID_TAG_VALUE_MALFORMED("InvalidTagValue.Malformed"),
    INVALID_TIME_STAMP_EXPIRED("InvalidTimeStamp.Expired"),
    INVALID_TIME_STAMP_FORMAT("InvalidTimeStamp.Format"),
    INVALID_USAGE("InvalidUsage"),
    INVALID_USER_DATA_BASE64_FORMAT_INVALID("InvalidUserData.Base64FormatInvalid"),
    INVALID_USER_DATA_SIZE_EXCEEDED("InvalidUserData.SizeExceeded"),
    INVALID_VERSION("InvalidVersion"),
    INVALID_ZONE_ID_NOT_FOUND("InvalidZoneId.NotFound"),
    INCOMPLETE_SIGNATURE("IncompleteSignature"),
    MISSING_PARAMETER("MissingParameter"),
    MISSING_PARAMTER("MissingParamter"),
    MISSING_PARAMTER_REGION_ID("MissingParamter.RegionId"),
    /** The vendor says so of what an account may not do; SDKs and Terraform do not try again. */
    OPERATION_DENIED("OperationDenied"),
    QUOTA_EXCEED_TAGS("QuotaExceed.Tags"),
    RESOURCES_NOT_IN_SAME_ZONE("ResourcesNotInSameZone"),
    SIGNATURE_DOES_NOT_MATCH("SignatureDoesNotMatch"),
    SIGNATURE_NONCE_USED("SignatureNonceUsed"),
    UNSUPPORTED_HTTP_METHOD("UnsupportedHTTPMethod");

    private final String wire;

    ErrorCode(String wire) {
        this.wire = wire;
    }

    /**
     * The constant for a code.
     *
     * @throws IllegalArgumentException if there is none
     */
    static ErrorCode of(String wire) {
        for (var code : values()) {
            if (code.wire.equals(wire)) return code;
        }
        throw new IllegalArgumentException("No error code " + wire);
    }

    public String wire() {
        return wire;
    }
}
