//! The guide 办事指南.

use yiwang_casework::guide::Guide;

/// The guide.
pub(super) fn guide() -> Guide {
    Guide {
        summary: "滞留超过3个月、经过全部寻亲步骤仍然查不到身份的受助人员，由政府批准安置、落户。",
        audience: "救助管理站提出，民政部门审核。",
        conditions: vec![
            "滞留超过3个月，身份没有查明。",
            "寻亲的每一步都有记录。",
            "公安机关核查没有重复户口。",
        ],
        legal_basis: vec![("民发〔2015〕158号", "长期滞留人员的安置和落户")],
        materials: vec![],
        steps: vec![
            ("申请", "救助管理站，一人一函", "滞留超过3个月"),
            ("审核", "民政部门", "按本地规定"),
            ("批准安置方案", "同级人民政府", "审核以后"),
            ("落户", "公安机关，集体户", "20个工作日，按本地规定"),
            ("落实待遇", "民政、医保、残联", "落户以后"),
            ("继续寻亲", "救助管理站", "每年"),
        ],
        legal_time_limit: "没有统一规定。",
        promised_time_limit: "落户20个工作日，按本地规定",
        fee: "不收费",
        result: "在集体户落户；以后查明真实身份的，注销临时户口，恢复原来的户口。",
        appeal: crate::domain::desk::APPEAL,
        at_counter: false,
        appointment: "",
    }
}
