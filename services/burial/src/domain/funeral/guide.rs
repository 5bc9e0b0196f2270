//! The guide 办事指南.

use yiwang_casework::guide::{Guide, MaterialSpec, Origin};

const fn material(
    code: &'static str,
    title: &'static str,
    origin: Origin,
    hint: &'static str,
) -> MaterialSpec {
    MaterialSpec {
        code,
        title,
        origin,
        required: false,
        hint,
    }
}

const MATERIALS: &[MaterialSpec] = &[
    material(
        "death_certificate",
        "居民死亡医学证明（推断）书",
        Origin::Shared,
        "只填编号，系统与卫生健康部门核对；纸质证明带到馆里给工作人员看一下。",
    ),
    material(
        "handler_card",
        "承办人身份证",
        Origin::Shown,
        "火化和领取骨灰时当场核对，不用复印。",
    ),
    material(
        "confirmation",
        "遗体火化确认书",
        Origin::Issued,
        "承办人在网上签署，或者到馆签字。",
    ),
    material(
        "certificate",
        "火化证明",
        Origin::Issued,
        "火化后自动存入“我的证照”。",
    ),
];

/// The guide.
pub(super) fn guide() -> Guide {
    Guide {
        summary: "亲人去世，一次报丧，接运、存放、告别、火化、领取骨灰都在一个办件里安排。",
        audience: "丧事承办人：逝者生前约定的人、近亲属、其他亲属，没有亲属的由单位或者村（居）民委员会承办。",
        conditions: vec![
            "有居民死亡医学证明（推断）书；还没有领到的可以先报丧，接运前补上。",
            "火化前由两名工作人员核对逝者身份、死亡证明、火化确认书、承办人身份，四项齐全一致。",
            "公安、司法机关要求不得火化的，解除后再办。",
            "在土葬改革区的，以及有土葬习俗的少数民族，自愿火化，不强制也不阻碍。",
        ],
        legal_basis: vec![
            (
                "殡葬管理条例（国务院令第824号）",
                "遗体接运、火化、骨灰安置和收费",
            ),
            (
                "民政部等部门关于加强殡葬管理的规定",
                "火化前凭死亡证明和火化确认书",
            ),
            (
                "中华人民共和国传染病防治法",
                "患传染病死亡的，遗体立即消毒、就近火化",
            ),
        ],
        materials: MATERIALS.to_vec(),
        steps: vec![
            ("报丧", "承办人（网上、电话）", "随时，24小时有人接听"),
            ("接运、入馆", "殡仪馆，两人签字", "尽快"),
            ("预约告别和火化时间", "承办人在网上选，或者电话商定", "随时"),
            ("签署火化确认书", "承办人", "火化前"),
            ("核验、火化", "殡仪馆，两人签字", "约定的时间"),
            ("火化证明、骨灰", "殡仪馆", "火化当天"),
        ],
        legal_time_limit: "遗体存放有期限，各地不同，在办件里写明最后一天。",
        promised_time_limit: "报丧后立即联系",
        fee: "按公布的价目清单收费，清单以外不收费；惠民减免自动扣除。",
        result: "火化证明（电子证照）和骨灰。",
        appeal: "对收费有疑问的，可以在“价格投诉”中提出；对不予批准外运不服的，可以申请行政复议或者提起行政诉讼。",
        at_counter: false,
        appointment: "",
    }
}
