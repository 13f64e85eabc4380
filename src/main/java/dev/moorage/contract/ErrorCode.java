package dev.moorage.contract;

/** Every code a caller can hear. Status and text are data: they differ from action to action. */
public enum ErrorCode {
    BURSTING_ENABLED_FOR_DISK_CATEGORY_UNSUPPORTED("BurstingEnabledForDiskCategoryUnsupported"),
    BURSTING_ENABLED_FOR_MULTI_ATTACH_DISK_UNSUPPORTED("BurstingEnabledForMultiAttachDiskUnsupported"),
    CHARGE_TYPE_VIOLATION("ChargeTypeViolation"),
    DELETE_WITH_INSTANCE_CONFLICT("DeleteWithInstance.Conflict"),
    DEPENDENCY_VIOLATION("DependencyViolation"),
    DISK_ATTACHED_NUMBER_EXCEEDED("DiskAttachedNumberExceeded"),
    DISK_CATEGORY_OPERATION_NOT_SUPPORTED("DiskCategory.OperationNotSupported"),
    DISK_CREATING_SNAPSHOT("DiskCreatingSnapshot"),
    DISK_ID_VALUE_NOT_SUPPORTED("DiskId.ValueNotSupported"),
    DISK_NOT_PORTABLE("DiskNotPortable"),
    DISK_TYPE_VIOLATION("DiskTypeViolation"),
    DRY_RUN_OPERATION("DryRunOperation"),
    DUPLICATE_TAG_KEY("Duplicate.TagKey"),
    ENCRYPTED_OPTION_CONFLICT("EncryptedOption.Conflict"),
    IDEMPOTENT_PARAMETER_MISMATCH("IdempotentParameterMismatch"),
    INCORRECT_DISK_STATUS("IncorrectDiskStatus"),
    INCORRECT_DISK_STATUS_INITIALIZING("IncorrectDiskStatus.Initializing"),
    INCORRECT_INSTANCE_STATUS("IncorrectInstanceStatus"),
    INCORRECT_INSTANCE_STATUS_INITIALIZING("IncorrectInstanceStatus.Initializing"),
    INSTANCE_DISK_LIMIT_EXCEEDED("InstanceDiskLimitExceeded"),
    INSTANCE_DISK_NUM_LIMIT_EXCEED("InstanceDiskNumLimitExceed"),
    INSTANCE_LOCKED_FOR_SECURITY("InstanceLockedForSecurity"),
    INTERNAL_ERROR("InternalError"),
    INVALID_ACCEPT_LANGUAGE_NOT_FOUND("InvalidAcceptLanguage.NotFound"),
    INVALID_ACCESS_KEY_ID_NOT_FOUND("InvalidAccessKeyId.NotFound"),
    INVALID_ACTION_NOT_FOUND("InvalidAction.NotFound"),
    INVALID_BURSTING_ENABLED_DISK_SIZE_TOO_SMALL("InvalidBurstingEnabled.DiskSizeTooSmall"),
    INVALID_ARCHITECTURE("InvalidArchitecture"),
    INVALID_CATEGORY_VALUE_NOT_SUPPORTED("InvalidCategory.ValueNotSupported"),
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
    INVALID_DISK_CATEGORY_VALUE_NOT_SUPPORTED("InvalidDiskCategory.ValueNotSupported"),
    INVALID_DISK_CHARGE_TYPE_NOT_FOUND("InvalidDiskChargeType.NotFound"),
    INVALID_DISK_DISK_NOT_BOOTABLE("InvalidDisk.DiskNotBootable"),
    INVALID_DISK_ID_NOT_FOUND("InvalidDiskId.NotFound"),
    INVALID_DISK_ID_RELEASED("InvalidDiskId.Released"),
    INVALID_DISK_IDS_MALFORMED("InvalidDiskIds.Malformed"),
    INVALID_DISK_NAME_MALFORMED("InvalidDiskName.Malformed"),
    INVALID_DISK_SIZE_NOT_SUPPORTED("InvalidDiskSize.NotSupported"),
    INVALID_DISK_SIZE_TOO_SMALL("InvalidDiskSize.TooSmall"),
    INVALID_DISK_TYPE_VALUE_NOT_SUPPORTED("InvalidDiskType.ValueNotSupported"),
    INVALID_FILTER_KEY_NOT_FOUND("InvalidFilterKey.NotFound"),
    INVALID_FILTER_VALUE("InvalidFilterValue"),
    INVALID_INSTANCE_CHARGE_TYPE_VALUE_NOT_SUPPORTED("InvalidInstanceChargeType.ValueNotSupported"),
    INVALID_INSTANCE_ID_NOT_FOUND("InvalidInstanceId.NotFound"),
    INVALID_INSTANCE_NAME_MALFORMED("InvalidInstanceName.Malformed"),
    INVALID_INSTANCE_NOT_FOUND_SYSTEM_DISK("InvalidInstance.NotFoundSystemDisk"),
    INVALID_INSTANCE_NOT_ORIGIN_INSTANCE("InvalidInstance.NotOriginInstance"),
    INVALID_LOCK_REASON_NOT_FOUND("InvalidLockReason.NotFound"),
    INVALID_OPERATION_CAN_NOT_ATTACH_MULTI_ATTACH_DISK_AS_SYSTEM_DISK(
            "InvalidOperation.CanNotAttachMultiAttachDiskAsSystemDisk"),
    INVALID_OPERATION_CREATE_FROM_SNAPSHOT_UNSUPPORTED("InvalidOperation.CreateFromSnapshotUnsupported"),
    INVALID_OPERATION_DELETION_PROTECTION("InvalidOperation.DeletionProtection"),
    INVALID_OPERATION_DISK_DETACHING_FROM_THIS_ECS("InvalidOperation.DiskDetachingFromThisEcs"),
    INVALID_OPERATION_OTHER_INSTANCE_UNSUPPORTED("InvalidOperation.OtherInstanceUnsupported"),
    INVALID_IMAGE_OWNER_ALIAS_VALUE_NOT_SUPPORTED("InvalidImageOwnerAlias.ValueNotSupported"),
    INVALID_INSTANCE_CHARGE_TYPE("Invalid.InstanceChargeType"),
    INVALID_INSTANCE_CHARGE_TYPE_NOT_FOUND("InvalidInstanceChargeType.NotFound"),
    INVALID_INSTANCE_TYPE_VALUE_NOT_SUPPORTED("InvalidInstanceType.ValueNotSupported"),
    INVALID_IO_OPTIMIZED("Invalid.IoOptimized"),
    INVALID_NETWORK_CATEGORY("Invalid.NetworkCategory"),
    INVALID_OS_TYPE("InvalidOSType"),
    INVALID_PARAM("Invalid.Param"),
    /** The vendor's own spelling. */
    INVALID_PARAMATER("InvalidParamater"),
    INVALID_PARAMETER("InvalidParameter"),
    INVALID_PARAMETER_ALL_EMPTY("InvalidParameter.AllEmpty"),
    INVALID_PARAMETER_DELETE_WITH_INSTANCE("InvalidParameter.DeleteWithInstance"),
    INVALID_PARAMETER_DISK_CATEGORY_AND_MULTI_ATTACH_NOT_MATCH("InvalidParameter.DiskCategoryAndMultiAttachNotMatch"),
    INVALID_PARAMETER_DISK_IDS("InvalidParameter.DiskIds"),
    INVALID_PARAMETER_ENCRYPTED_ILLEGAL("InvalidParameter.EncryptedIllegal"),
    INVALID_PARAMETER_FORCE_DISK_CATEGORY_NOT_SUPPORTED("InvalidParameterForce.DiskCategoryNotSupported"),
    INVALID_PARAMETER_FORCE_MULTI_ATTACH_DISK_NOT_SUPPORTED("InvalidParameterForce.MultiAttachDiskNotSupported"),
    INVALID_PARAMETER_FORCE_PREPAID_DISK_NOT_SUPPORTED("InvalidParameterForce.PrepaidDiskNotSupported"),
    INVALID_PARAMETER_MULTI_ATTACH("InvalidParameter.MultiAttach"),
    INVALID_PARAMETER_MULTI_ATTACH_AND_ENABLE_SHARED_NOT_MATCH("InvalidParameter.MultiAttachAndEnableSharedNotMatch"),
    INVALID_PARAMETER_MULTI_ATTACH_AND_INSTANCE_ID_CONFLICT("InvalidParameter.MultiAttachAndInstanceIdConflict"),
    INVALID_PARAM_ZONE_ID_AND_INSTANCE_ID_CONFLICT("InvalidParam.ZoneIdAndInstanceId.Conflict"),
    INVALID_PERFORMANCE_LEVEL_MALFORMED("InvalidPerformanceLevel.Malformed"),
    INVALID_PROVISIONED_IOPS_LIMIT_EXCEED("InvalidProvisionedIops.LimitExceed"),
    INVALID_REGION_ID_NOT_FOUND("InvalidRegionId.NotFound"),
    INVALID_REGION_NOT_FOUND("InvalidRegion.NotFound"),
    INVALID_SNAPSHOT_ID_NOT_DATA_DISK_SNAPSHOT("InvalidSnapshotId.NotDataDiskSnapshot"),
    INVALID_SNAPSHOT_ID_NOT_FOUND("InvalidSnapshotId.NotFound"),
    INVALID_SNAPSHOT_ID_NOT_READY("InvalidSnapshotId.NotReady"),
    INVALID_PARAM_CORES("InvalidParam.Cores"),
    INVALID_PARAM_MEMORY("InvalidParam.Memory"),
    INVALID_PARAM_TYPE_AND_CPU_MEM_CONFLICT("InvalidParam.TypeAndCpuMem.Conflict"),
    INVALID_REGION_ID("Invalid.RegionId"),
    INVALID_RESOURCE_TYPE("Invalid.ResourceType"),
    INVALID_RESOURCE_TYPE_NOT_FOUND("InvalidResourceType.NotFound"),
    INVALID_SPOT_STRATEGY("InvalidSpotStrategy"),
    /** What another action calls InvalidSpotStrategy. */
    INVALID_SPOT_STRATEGY_WITH_DOT("Invalid.SpotStrategy"),
    INVALID_STATUS_NOT_FOUND("InvalidStatus.NotFound"),
    INVALID_STATUS_VALUE_NOT_SUPPORTED("InvalidStatus.ValueNotSupported"),
    INVALID_SYSTEM_DISK_CATEGORY_VALUE_NOT_SUPPORTED("InvalidSystemDiskCategory.ValueNotSupported"),
    INVALID_SYSTEM_DISK_SIZE_LESS_THAN_MIN_SIZE("InvalidSystemDiskSize.LessThanMinSize"),
    INVALID_SYSTEM_DISK_SIZE_MORE_THAN_MAX_SIZE("InvalidSystemDiskSize.MoreThanMaxSize"),
    INVALID_TAG_COUNT("InvalidTagCount"),
    INVALID_TAG_KEY_MALFORMED("InvalidTagKey.Malformed"),
    INVALID_TAG_MISMATCH("InvalidTag.Mismatch"),
    INVALID_TAG_VALUE_MALFORMED("InvalidTagValue.Malformed"),
    INVALID_TIME_STAMP_EXPIRED("InvalidTimeStamp.Expired"),
    INVALID_TIME_STAMP_FORMAT("InvalidTimeStamp.Format"),
    INVALID_USAGE("InvalidUsage"),
    INVALID_VERSION("InvalidVersion"),
    INVALID_ZONE_ID_DISK_CATEGORY_UNSUPPORTED("InvalidZoneId.DiskCategoryUnsupported"),
    INVALID_ZONE_ID_NOT_FOUND("InvalidZoneId.NotFound"),
    INCOMPLETE_SIGNATURE("IncompleteSignature"),
    MISSING_PARAMETER("MissingParameter"),
    MISSING_PARAMTER_REGION_ID("MissingParamter.RegionId"),
    /** The vendor says so of what an account may not do; SDKs and Terraform do not try again. */
    OPERATION_DENIED("OperationDenied"),
    OPERATION_DENIED_PERFORMANCE_LEVEL_NOT_MATCH("OperationDenied.PerformanceLevelNotMatch"),
    PROVISIONED_IOPS_FOR_DISK_CATEGORY_UNSUPPORTED("ProvisionedIopsForDiskCategoryUnsupported"),
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
