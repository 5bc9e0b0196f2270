//! What both guides say alike.

use yiwang_casework::guide::{Guide, MaterialSpec, Origin};

/// The guide with what is the item's own.
pub(in crate::domain::entitlements) fn guide(
    summary: &'static str,
    conditions: Vec<&'static str>,
    legal_basis: Vec<(&'static str, &'static str)>,
    proofs: &[MaterialSpec],
) -> Guide {
    let mut materials = vec![
        asked(
            "household",
            "孩子的户口簿",
            "没有上户口的，工作人员帮助办理。",
        ),
        asked("photo", "孩子的近照", "手机拍的就可以。"),
    ];
    materials.extend(proofs);
    Guide {
        summary,
        audience: "孩子的监护人；监护人办不了的，受委托的近亲属、村（居）民委员会、养育机构可以代为申请。",
        conditions,
        legal_basis,
        materials,
        steps: vec![
            (
                "申请",
                "户籍地乡镇（街道）；也可以在全国任何一个乡镇（街道）递交",
                "随时",
            ),
            ("转户籍地", "异地受理的乡镇（街道）", "3个工作日内"),
            (
                "查验",
                "户籍地乡镇（街道），先用部门数据，不公示",
                "15个工作日内",
            ),
            ("确认", "县级民政部门，两个人分别审核", "15个工作日内"),
            ("发放", "县级民政部门", "确认的次月起，按月"),
        ],
        legal_time_limit: "乡镇（街道）查验15个工作日，县级确认15个工作日",
        promised_time_limit: "30个工作日，按本地规定",
        fee: "不收费",
        result: "确认的发给认定通知书，从次月起按月发到领取账户；不予确认的发给决定书，写明理由。",
        appeal: crate::domain::desk::APPEAL,
        at_counter: false,
        appointment: "",
    }
}

/// Asked only where no department knows it.
pub(in crate::domain::entitlements) const fn shared(
    code: &'static str,
    title: &'static str,
) -> MaterialSpec {
    MaterialSpec {
        code,
        title,
        origin: Origin::Shared,
        required: false,
        hint: "由部门数据核对；查不到的，乡镇（街道）会一次性告知怎么补。",
    }
}

const fn asked(code: &'static str, title: &'static str, hint: &'static str) -> MaterialSpec {
    MaterialSpec {
        code,
        title,
        origin: Origin::Asked,
        required: false,
        hint,
    }
}
