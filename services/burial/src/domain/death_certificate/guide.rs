//! The guide 办事指南 for relatives.

use yiwang_casework::guide::{Guide, MaterialSpec, Origin};

/// What is brought along, shared and issued.
const MATERIALS: &[MaterialSpec] = &[
    material(
        "death_certificate",
        "居民死亡医学证明（推断）书",
        Origin::Asked,
        "由医院、乡镇卫生院（社区卫生服务中心）或者公安机关签发。医院签发的电子证照会自动传来，不用再交。",
    ),
    material(
        "identity",
        "申领人身份证件",
        Origin::Asked,
        "到窗口出示原件。",
    ),
    material(
        "kinship",
        "亲属关系信息",
        Origin::Shared,
        "联网核对，不需要提供证明。",
    ),
    material(
        "death_recorded",
        "死亡信息登记告知",
        Origin::Issued,
        "核对入库后出具。",
    ),
];

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

/// The guide.
pub(super) fn guide() -> Guide {
    Guide {
        summary: "亲人去世后，凭死亡证明办理治丧、注销户口等事项。医院的电子证明会自动传来；只有纸质证明的，由窗口录入一次，后面的事项都不用再交。",
        audience: "逝者的近亲属或者其委托的代理人：配偶，父母，子女，兄弟姐妹，祖父母、外祖父母，孙子女、外孙子女。",
        conditions: vec![
            "在医院或者送医途中去世的，由救治的医院签发死亡证明。",
            "在家中、养老机构、其他地方正常去世的，请当地乡镇卫生院或者社区卫生服务中心上门询问后签发；2026年7月1日起不再要村（居）委会证明。",
            "非正常死亡、死因不明的，请先拨打110，由公安机关处理；公安机关排除非正常死亡的，由医疗卫生机构签发。",
            "证明遗失的，可以补发一次。",
        ],
        legal_basis: vec![
            (
                "国卫规划发〔2026〕5号（2026年7月1日起）",
                "居民死亡医学证明和电子证照",
            ),
            (
                "国卫规划发〔2013〕57号（2026年6月30日前）",
                "居民死亡医学证明（推断）书",
            ),
            (
                "殡葬管理条例（国务院令第824号）",
                "凭死亡证明和火化确认书火化",
            ),
            ("中华人民共和国户口登记条例", "第八条"),
        ],
        materials: MATERIALS.to_vec(),
        steps: vec![
            ("录入死亡证明", "乡镇卫生院或者窗口", "当场"),
            ("对照原件核对、入库", "另一名工作人员", "当日"),
        ],
        legal_time_limit: "死因明确的正常死亡，1日内签发（2026年7月1日起）；纸质证明签发后15个工作日内报告。",
        promised_time_limit: "当日入库",
        fee: "不收费",
        result: "死亡信息登记告知；治丧、户口、社会保险、婚姻、救助联网更新。",
        appeal: "认为死亡证明有误的，请向签发单位提出更正；对作废决定不服的，可以依法申请行政复议或者提起行政诉讼。",
        at_counter: true,
        appointment: "",
    }
}
