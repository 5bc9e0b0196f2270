//! The guide 办事指南.

use yiwang_casework::guide::Guide;

/// The guide.
pub(super) fn guide() -> Guide {
    Guide {
        summary: "把受助人员的线索和寻人信息逐项对照，两人比对，公安机关核实以后确认。",
        audience: "救助管理站和民政局的工作人员。",
        conditions: vec!["受助人员身份没有查明。", "寻人信息没有撤回。"],
        legal_basis: vec![
            (
                "民政部、公安部关于加强生活无着流浪乞讨人员身份查询和照料安置工作的意见（民发〔2015〕158号）",
                "比对寻亲数据，查询身份",
            ),
            ("民发〔2020〕14号", "人脸、DNA比对"),
        ],
        materials: vec![],
        steps: vec![
            ("提出", "自动检索或者工作人员", "发现可能是同一个人"),
            ("比对", "两名工作人员，各用自己的账号", "随时"),
            (
                "核实",
                "公安机关核实身份或者DNA亲缘比对",
                "两人都认为是同一个人",
            ),
            ("确认、排除", "工作人员", "收到答复"),
        ],
        legal_time_limit: "没有规定。",
        promised_time_limit: "随到随办。",
        fee: "不收费",
        result: "比中的，查明受助人员身份，通知家属；不是的，排除并写明理由。",
        appeal: crate::domain::desk::APPEAL,
        at_counter: false,
        appointment: "",
    }
}
