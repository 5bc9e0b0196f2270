//! 采集 and 公告: what the police took, and the public notice.

use yiwang_casework::{
    Case, Context, Decision, Refusal,
    decision::{PostNotice, StartClock},
};
use yiwang_civic::mask;

use super::{
    super::{
        UnclaimedBody,
        action::{Announce, Collect},
        form::Found,
        state::State,
        world::Effect,
    },
    Decided,
};
use crate::domain::desk::{at_field, day, filled, valid};

/// Name of the public notice.
pub const NOTICE: &str = "unclaimed";

/// Fingerprints, DNA, photo, search (police).
pub(super) fn collect(case: &Case<UnclaimedBody>, data: Collect) -> Decided {
    let empty = [
        filled(&data.station, "/station", "请填写采集的公安机关。"),
        filled(&data.dna_sample, "/dna_sample", "请填写DNA样本编号。"),
        filled(&data.search, "/search", "请写明查找结果。"),
    ];
    valid(empty.into_iter().flatten().collect())?;
    if !data.photos {
        return Err(at_field(
            "NO_PHOTO",
            "/photos",
            "请先拍照存档，再登记采集。",
        ));
    }
    let sample = Effect::Sample(data.dna_sample.trim().to_owned());
    let mut facts = case.facts.clone();
    facts.collected = Some(data);
    Ok(Decision::to(State::Collected, facts, "公安机关已采集指纹、DNA样本和照片").effect(sample))
}

/// 认领公告, as long as the region asks. Somebody whose name is known needs no sample first:
/// only the handler is lost.
pub(super) fn announce(case: &Case<UnclaimedBody>, data: &Announce, cx: &Context<'_>) -> Decided {
    if case.state == State::Registered && case.form.found != Found::HandlerLost {
        let message = "还没有登记公安机关的采集，请先登记采集，再发布公告。";
        return Err(Refusal::new("NOT_COLLECTED", message));
    }
    valid(
        filled(&data.medium, "/medium", "请填写公告载体。")
            .into_iter()
            .collect(),
    )?;
    let due = cx.calendar_days("burial.unclaimed.notice_days")?;
    let form = &case.form;
    let name = match form.name.trim() {
        "" | "无" => "无名氏".to_owned(),
        name => mask::name(name),
    };
    let notice = PostNotice {
        name: NOTICE.to_owned(),
        kind: "认领公告".to_owned(),
        title: format!("{}发现的遗体认领公告", form.address.trim()),
        rows: vec![
            ("逝者".to_owned(), name),
            ("发现日期".to_owned(), day(form.found_on)),
            ("体貌特征".to_owned(), form.features.trim().to_owned()),
            ("联系单位".to_owned(), form.office.trim().to_owned()),
        ],
        text: format!(
            "请知情人或者亲属在{}前与{}联系认领；期满没有人认领的，依法处理。",
            day(due.last_day),
            form.office.trim()
        ),
        place: data.medium.trim().to_owned(),
        last_day: due.last_day,
    };
    let mut facts = case.facts.clone();
    facts.announced = Some((data.medium.trim().to_owned(), due.last_day));
    let clock = StartClock::fire("announcement", "认领公告", "地方无人认领遗体处理规定", due);
    Ok(Decision::to(
        State::Announced,
        facts,
        format!("发布认领公告，至{}", day(due.last_day)),
    )
    .post(notice)
    .start(clock))
}
