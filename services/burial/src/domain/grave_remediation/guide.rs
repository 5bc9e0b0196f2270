//! The guide 办事指南.

use yiwang_casework::guide::{Guide, MaterialSpec, Origin};

/// The guide.
pub(super) fn guide() -> Guide {
    Guide {
        summary: "登记散埋乱葬、硬化大墓、活人墓等，限期整改，两人验收后销号，再回头看。",
        audience: "乡镇（街道）和县级民政工作人员登记；墓主可以自行整改。",
        conditions: vec![
            "现场拍照、定位，写明类型和所在区域。",
            "受国家保护的古墓葬、烈士墓等不在整治范围。",
            "尊重少数民族的丧葬习俗。",
        ],
        legal_basis: vec![
            ("殡葬管理条例（国务院令第824号）", "违规建造坟墓的处理"),
            ("地方殡葬管理规定", "三沿六区名单、改正期限"),
        ],
        materials: vec![MaterialSpec {
            code: "photo",
            title: "现场照片",
            origin: Origin::Asked,
            required: true,
            hint: "拍到整座坟墓和周围环境，验收时要在同一角度再拍。",
        }],
        steps: vec![
            ("登记建档", "乡镇（街道）", "发现当日"),
            ("归属认定", "乡镇（街道）、村（社区）", "查清为止"),
            (
                "责令限期改正",
                "乡镇（街道）、民政局",
                "30至180日，按本地规定",
            ),
            ("整改", "墓主；期满由乡镇、村组织", "期限内"),
            ("验收销号", "两名工作人员", "整改完成后"),
            ("回头看", "乡镇（街道）", "销号以后"),
        ],
        legal_time_limit: "改正期限写在通知书上。",
        promised_time_limit: "发现当日登记",
        fee: "不收费",
        result: "销号；反弹的重新整治。",
        appeal: "对责令改正不服的，可以依法申请行政复议或者提起行政诉讼。",
        at_counter: true,
        appointment: "",
    }
}
