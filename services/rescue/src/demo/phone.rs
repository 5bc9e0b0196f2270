//! Calls to the hotline of 咸宁, by day and night.

use jiff::Timestamp;
use yiwang_casework::past::{Who, ago, day};
use yiwang_proto::rescue::v1 as pb;

use super::{
    beat::{Beat, Deed, did},
    cast::{LIU, YANG},
};
use crate::stays::demo::XIANNING;

/// Who took it, kind, caller, telephone, asked, answered, followed.
type Call = (
    Who,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
);

/// All their beats.
pub(super) fn beats(now: Timestamp) -> Vec<Beat> {
    let calls: [(Timestamp, Call); 7] = [
        (
            day(now, 6, "02:40"),
            (
                LIU,
                "told",
                "出租车司机余师傅",
                "13907241001",
                "107国道加油站边有人躺着，叫了有反应。",
                "请司机先陪着，打120；值班人员赶到，人已送医。",
                "ambulance",
            ),
        ),
        (
            day(now, 5, "09:15"),
            (
                YANG,
                "inquiry",
                "",
                "0715-8250012",
                "外地人钱包丢了，站里给不给买票。",
                "告知救助条件和地址，带身份证来；没有证件也可以先来。",
                "advised",
            ),
        ),
        (
            day(now, 4, "23:05"),
            (
                LIU,
                "help",
                "小陈",
                "13872900123",
                "在咸宁北站，没有钱住店，手机快没电了。",
                "告知可以到站，也可以在车站派出所等；本人说朋友来接。",
                "advised",
            ),
        ),
        (
            day(now, 3, "15:20"),
            (
                YANG,
                "missing",
                "雷女士",
                "13971800456",
                "父亲下午从崇阳走失，穿灰色夹克。",
                "请马上报警，已登记寻人求助，并告诉今晚巡查的人。",
                "missing_report",
            ),
        ),
        (
            day(now, 2, "11:10"),
            (
                YANG,
                "complaint",
                "",
                "13607240088",
                "大桥下面晚上有人露宿，希望有人管。",
                "已派人上街看望，本人愿意到站。",
                "patrol",
            ),
        ),
        (
            day(now, 1, "06:50"),
            (
                LIU,
                "other",
                "温泉派出所值班室",
                "0715-8255001",
                "要送一个不肯说家在哪里的女孩，问女工作人员在不在。",
                "女工作人员到岗接收。",
                "station",
            ),
        ),
        (
            ago(now, 35),
            (
                YANG,
                "told",
                "超市老板",
                "13907245566",
                "中心花坛有个大爷翻垃圾桶找吃的，天冷穿得少。",
                "",
                "open",
            ),
        ),
    ];
    let beat = |(at, (who, kind, caller, phone, asked, answered, followed)): (Timestamp, Call)| {
        let request = pb::RecordCallRequest {
            station: XIANNING.to_owned(),
            kind: kind.to_owned(),
            caller: caller.to_owned(),
            phone: phone.to_owned(),
            asked: asked.to_owned(),
            answered: answered.to_owned(),
            followed: followed.to_owned(),
            recording: format!("LY{}", at.as_second()),
            ..pb::RecordCallRequest::default()
        };
        did(at, who, Deed::Call(request))
    };
    calls.into_iter().map(beat).collect()
}
