//! What each act does: pure (rules F11).

use jiff::{ToSpan as _, civil::Date};
use prost::Message as _;
use yiwang_casework::{
    Case, Context, Decision, NoticeOp, Refusal,
    decision::{DomainEvent, PostNotice, StartClock},
};
use yiwang_civic::{calendar::Due, mask};
use yiwang_proto::burial::v1::NamelessIdentified;

use super::{
    UnclaimedBody,
    action::{Action, Announce, Authority, Claim, Collect, Identify, Opinion, Place, ReturnAshes},
    documents,
    facts::{Facts, Pending, Step},
    form::{Form, Found},
    state::State,
    world::{Effect, Identified, Urn, World},
};
use crate::domain::{
    desk::{self, at_field, day, filled, valid},
    document::Document,
    funeral::{action::Reasons, facts::Signer},
};

/// Result of an act.
type Decided = Result<Decision<UnclaimedBody>, Refusal>;

/// Name of the public notice.
pub const NOTICE: &str = "unclaimed";

/// The home takes the body over from police or hospital.
pub(super) fn submit(form: &Form, cx: &Context<'_>, world: &World) -> Decided {
    if cx.actor.officer().is_none() {
        let message = "无名、无人认领遗体由殡仪馆或者民政局登记；发现遗体请立即拨打110。";
        return Err(Refusal::new("WRONG_ROLE", message));
    }
    valid(form.violations(cx.today(), cx.now))?;
    let home = world
        .home
        .as_ref()
        .ok_or_else(|| at_field("HOME_UNKNOWN", "/home", "没有这个殡仪馆，请重新选择。"))?;
    if home.division != cx.division {
        let message = format!(
            "{}不在所选的办理地区，请按殡仪馆所在的乡镇（街道）提交。",
            home.name
        );
        return Err(at_field("HOME_ELSEWHERE", "/home", message));
    }
    Ok(Decision::to(
        State::Registered,
        Facts::default(),
        "登记无名、无人认领遗体",
    )
    .effect(Effect::Open))
}

/// Decides an act on a case.
pub(super) fn decide(
    case: &Case<UnclaimedBody>,
    action: Action,
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    match action {
        Action::Collect(data) => collect(case, data),
        Action::Announce(data) => announce(case, &data, cx),
        Action::Over => {
            let note = "公告期满，没有人认领";
            Ok(Decision::to(State::Unanswered, case.facts.clone(), note))
        }
        Action::Claim(data) => claim(case, data),
        Action::Opine(data) => opine(case, data, cx),
        Action::Keep => keep(case, cx, world),
        Action::Place(data) => first(case, Step::Place(data), cx, world),
        Action::Identify(data) => first(case, Step::Identify(data), cx, world),
        Action::Return(data) => first(case, Step::Return(data), cx, world),
        Action::Countersign => second(case, cx, world),
        Action::Discard(data) => discard(case, &data),
    }
}

/// Fingerprints, DNA, photo, search (police).
fn collect(case: &Case<UnclaimedBody>, data: Collect) -> Decided {
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

/// 认领公告, as long as the region asks.
fn announce(case: &Case<UnclaimedBody>, data: &Announce, cx: &Context<'_>) -> Decided {
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

/// Somebody comes with the police's paper: the family goes on by itself.
fn claim(case: &Case<UnclaimedBody>, data: Claim) -> Decided {
    let empty = [
        filled(&data.name, "/name", "请填写认领人姓名。"),
        filled(
            &data.document,
            "/document",
            "请填写公安机关的身份确认文书。",
        ),
    ];
    valid(empty.into_iter().flatten().collect())?;
    let mut facts = case.facts.clone();
    facts.claimed = Some(data);
    let mut decision = Decision::to(State::Claimed, facts, "亲属认领").stop("announcement");
    if case.state == State::Announced {
        decision.notices.push(NoticeOp::Withdraw(NOTICE.to_owned()));
    }
    Ok(decision)
}

/// The opinion comes from who answers for the place (F11).
#[must_use]
pub fn answers_for(found: Found) -> Authority {
    match found {
        Found::Outside => Authority::Police,
        Found::Hospital => Authority::Health,
        Found::HandlerLost => Authority::Civil,
    }
}

fn opine(case: &Case<UnclaimedBody>, data: Opinion, cx: &Context<'_>) -> Decided {
    valid(
        filled(&data.document, "/document", "请填写文号。")
            .into_iter()
            .collect(),
    )?;
    let wanted = answers_for(case.form.found);
    if data.authority != wanted {
        let message = format!("这种情形由{}出具意见，请核对文书。", wanted.label());
        return Err(at_field("WRONG_AUTHORITY", "/authority", message));
    }
    let over = case
        .facts
        .announced
        .as_ref()
        .is_some_and(|(_, last)| data.given_on > *last);
    if !over || data.given_on > cx.today() {
        let message = "意见应当在公告期满以后出具，请核对日期。";
        return Err(at_field("BEFORE_NOTICE_ENDS", "/given_on", message));
    }
    let note = format!(
        "{}意见：不需要继续保留（{}）",
        wanted.label(),
        data.document.trim()
    );
    let mut facts = case.facts.clone();
    facts.opinion = Some(data);
    Ok(Decision::to(State::Allowed, facts, note).effect(Effect::Allow))
}

/// The ashes are kept for as long as the region asks.
fn keep(case: &Case<UnclaimedBody>, cx: &Context<'_>, world: &World) -> Decided {
    urn(world)?;
    let days = cx.rule("burial.unclaimed.ashes_days")?.count()?;
    let last = cx
        .today()
        .checked_add(i64::from(days).days())
        .unwrap_or(Date::MAX);
    let mut facts = case.facts.clone();
    facts.kept_until = Some(last);
    let due = Due {
        last_day: last,
        provisional: false,
    };
    let clock = StartClock::warn("ashes", "骨灰保存期", "地方无人认领骨灰处理规定", due);
    Ok(Decision::to(State::Kept, facts, format!("骨灰保存至{}", day(last))).start(clock))
}

fn urn(world: &World) -> Result<&Urn, Refusal> {
    world.urn.as_ref().ok_or_else(|| {
        let message = "还没有骨灰登记。请先在治丧服务中办理火化，再登记骨灰保存。";
        Refusal::new("NOT_CREMATED", message)
    })
}

fn signer(cx: &Context<'_>) -> Result<Signer, Refusal> {
    let officer = cx.actor.officer();
    let (account, name) =
        officer.ok_or_else(|| Refusal::new("WRONG_ROLE", "这一步由工作人员办理。"))?;
    Ok(Signer {
        account,
        name: name.trim().to_owned(),
    })
}

/// The first signature, refused now for whatever would refuse the second.
fn first(case: &Case<UnclaimedBody>, step: Step, cx: &Context<'_>, world: &World) -> Decided {
    if let Some(pending) = &case.facts.pending {
        let message = format!(
            "“{}”还要另一名工作人员复核，请先复核或者作废。",
            pending.step.label()
        );
        return Err(Refusal::new("PENDING", message));
    }
    let by = signer(cx)?;
    carry_out(case, &step, [by.name.clone(), String::new()], cx, world)?;
    let note = format!("{}：{}登记，待另一人复核", step.label(), by.name);
    let mut facts = case.facts.clone();
    facts.pending = Some(Pending {
        step,
        by,
        at: cx.now,
    });
    Ok(Decision::to(case.state, facts, note).confidential())
}

fn nothing_pending() -> Refusal {
    Refusal::new("NOTHING_PENDING", "没有待复核的步骤，请刷新页面。")
}

/// The second, by another account.
fn second(case: &Case<UnclaimedBody>, cx: &Context<'_>, world: &World) -> Decided {
    let pending = case.facts.pending.as_ref().ok_or_else(nothing_pending)?;
    let by = signer(cx)?;
    if by.account == pending.by.account {
        let message = "登记和复核不能是同一个人，请由另一名工作人员登录自己的账号复核。";
        return Err(Refusal::new("SAME_PERSON", message));
    }
    let signed = [pending.by.name.clone(), by.name.clone()];
    let mut decision = carry_out(case, &pending.step, signed, cx, world)?;
    decision.facts.pending = None;
    Ok(decision)
}

fn discard(case: &Case<UnclaimedBody>, data: &Reasons) -> Decided {
    let reasons = desk::reasons(&data.reasons)?;
    let mut facts = case.facts.clone();
    let pending = facts.pending.take().ok_or_else(nothing_pending)?;
    let note = format!("作废待复核的“{}”：{reasons}", pending.step.label());
    Ok(Decision::to(case.state, facts, note).confidential())
}

fn carry_out(
    case: &Case<UnclaimedBody>,
    step: &Step,
    signed: [String; 2],
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    match step {
        Step::Place(data) => place(case, data, signed, cx, world),
        Step::Identify(data) => identify(case, data, signed, cx, world),
        Step::Return(data) => give_back(case, data, signed, cx, world),
    }
}

/// After the time the region keeps them, not before.
fn place(
    case: &Case<UnclaimedBody>,
    data: &Place,
    signed: [String; 2],
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    let empty = [
        filled(&data.place, "/place", "请填写地点。"),
        filled(&data.record, "/record", "请填写影像记录编号。"),
    ];
    valid(empty.into_iter().flatten().collect())?;
    let until = case.facts.kept_until.unwrap_or(Date::MAX);
    if cx.today() <= until {
        let message = format!("骨灰要保存到{}，期满以后才能生态安葬。", day(until));
        return Err(Refusal::new("STILL_KEPT", message));
    }
    let urn = urn(world)?;
    let scatter = Effect::Scatter {
        urn: urn.number.clone(),
        form: data.form.code(),
        signed: signed.clone(),
        record: data.record.trim().to_owned(),
    };
    let note = format!("{}：{}", data.form.label(), data.place.trim());
    let mut facts = case.facts.clone();
    facts.placed = Some((data.clone(), cx.today(), signed));
    Ok(Decision::to(State::Placed, facts, note)
        .stop("ashes")
        .effect(scatter))
}

/// A match of the DNA: body, cremation, urn and death certificate have a name from now on.
fn identify(
    case: &Case<UnclaimedBody>,
    data: &Identify,
    signed: [String; 2],
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    let empty = [
        filled(&data.name, "/name", "请填写查明的姓名。"),
        filled(&data.report, "/report", "请填写DNA比对鉴定书文号。"),
        filled(&data.family_name, "/family_name", "请填写通知的亲属。"),
        filled(&data.family_phone, "/family_phone", "请填写亲属电话。"),
    ];
    valid(empty.into_iter().flatten().collect())?;
    if case.facts.collected.is_none() {
        let message = "还没有登记DNA样本，无法与鉴定书核对。";
        return Err(Refusal::new("NO_SAMPLE", message));
    }
    let document = Document::CitizenId
        .read("", &data.number)
        .map_err(|error| at_field(error.reason(), "/number", error.message()))?;
    let person = world.person.clone().unwrap_or_default();
    let by = signer(cx)?;
    let identified = Identified {
        name: data.name.trim().to_owned(),
        document,
        household: data.household.trim().to_owned(),
        certificate: data.certificate.trim().to_owned(),
        by: (by.account.to_string(), by.name),
        report: data.report.trim().to_owned(),
    };
    let mut facts = case.facts.clone();
    facts.identified = Some((data.clone(), cx.today(), signed));
    let letter = documents::told(&case.form, data, world.urn.as_ref(), cx.today());
    let mut decision = Decision::to(State::Identified, facts, "DNA比对一致，身份已经查明")
        .stop("ashes")
        .stop("announcement")
        .issue(letter)
        .effect(Effect::Identify(Box::new(identified)));
    if case.state == State::Announced {
        decision.notices.push(NoticeOp::Withdraw(NOTICE.to_owned()));
    }
    let event = NamelessIdentified {
        case_number: case.number.clone(),
        tag: world.tag.clone(),
        person,
        identified_on: cx.today().to_string(),
    };
    decision.events.push(DomainEvent {
        aggregate: "nameless",
        aggregate_id: case.number.clone(),
        event: "identified",
        payload: event.encode_to_vec(),
    });
    Ok(decision)
}

/// To the family, with card and receipt.
fn give_back(
    case: &Case<UnclaimedBody>,
    data: &ReturnAshes,
    signed: [String; 2],
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    let empty = [
        filled(&data.name, "/name", "请填写领取人姓名。"),
        filled(&data.number, "/number", "请填写领取人身份证件号码。"),
        filled(&data.receipt, "/receipt", "请填写收据编号。"),
    ];
    valid(empty.into_iter().flatten().collect())?;
    let urn = urn(world)?;
    if urn.at == "scattered" {
        let message = "骨灰已经生态安葬，不留骨灰，不能归还；请把安葬的时间、地点和影像告诉亲属。";
        return Err(Refusal::new("URN_ELSEWHERE", message));
    }
    let back = Effect::GiveBack {
        urn: urn.number.clone(),
        signed: signed.clone(),
        receipt: data.receipt.trim().to_owned(),
    };
    let mut facts = case.facts.clone();
    facts.returned = Some((data.clone(), cx.today(), signed));
    Ok(Decision::to(State::Returned, facts, "骨灰已交给亲属").effect(back))
}
