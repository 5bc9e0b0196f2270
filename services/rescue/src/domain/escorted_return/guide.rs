//! The guide 办事指南.

use yiwang_casework::guide::Guide;

/// The guide.
pub(super) fn guide() -> Guide {
    Guide {
        summary: "身份已经查明的受助人员，由流出地接回、流入地护送或者亲属接领，返回家乡。",
        audience: "救助管理站的工作人员。",
        conditions: vec!["受助人员身份已经查明。", "流出地已经确定。"],
        legal_basis: vec![
            ("民发〔2020〕14号", "接送返回"),
            ("民发〔2015〕158号", "身份查明以后返回"),
        ],
        materials: vec![],
        steps: vec![
            (
                "联系",
                "两地县级民政部门；跨省的由两地省级民政部门",
                "按本地规定",
            ),
            ("协调", "逐级上报", "流出地不接收或者没有答复"),
            ("护送", "护送人员两人以上，护送女性有女工作人员", "商定以后"),
            ("交接", "核对接收人，两人签字", "当面"),
        ],
        legal_time_limit: "没有规定。",
        promised_time_limit: "按本地规定。",
        fee: "不收费",
        result: "受助人员返回家乡，由户籍地乡镇（街道）接续帮扶。",
        appeal: crate::domain::desk::APPEAL,
        at_counter: false,
        appointment: "",
    }
}
