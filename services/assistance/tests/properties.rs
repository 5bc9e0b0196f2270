//! What holds whatever is filled in and whatever order people act in.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]

#[path = "law/build.rs"]
#[expect(dead_code, reason = "shared with the law tables")]
mod build;

use std::sync::LazyLock;

use proptest::prelude::*;
use serde_json::{Value, json};
use yiwang_assistance::domain::minimum_living::{
    Action, MinimumLiving, World,
    accounts::{Account, Books},
    amount,
    assess::{Class, Input, assess},
    codes::*,
    findings::Findings,
    form::Form,
    params::Params,
    state::State,
};
use yiwang_casework::{
    Actor, By, Case, Decision, Item, NoticeFacts, NoticeOp, State as _, decision::ClockOp,
};
use yiwang_chassis::identity::Role;
use yiwang_civic::{money::Fen, params::RuleBook, time};

use build::{DIVISION, context, form, member, officer, rules};

static RULES: LazyLock<RuleBook> = LazyLock::new(|| rules(""));

/// The acts of the property test reach every state; otherwise it proves little.
#[test]
fn the_acts_reach_every_state() {
    let mut reached = Vec::new();
    let mut random: u64 = 17;
    for start in 0..1_200_u16 {
        let mut town = Town::new((start % 4) as u8);
        for _ in 0..120 {
            random = random
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            town.act((random >> 40) as u16, (random >> 56) as u8);
            if !reached.contains(&town.case.state) {
                reached.push(town.case.state);
            }
        }
    }
    let missing: Vec<_> = State::ALL
        .iter()
        .filter(|state| !reached.contains(state))
        .collect();
    assert!(missing.is_empty(), "never reached: {missing:?}");
}

fn family(members: &[(u8, i64, u8)]) -> Form {
    let mut form = form();
    form.members.clear();
    form.applicant.about.income.wage = Fen(members[0].1);
    for (at, (age, wage, relation)) in members.iter().enumerate().skip(1) {
        let birth = format!("{}-06-01", 2025 - i32::from(*age).min(120));
        let relation = Relation::ALL[usize::from(*relation) % Relation::ALL.len()];
        let mut member = member(&format!("成员{at}"), &birth, at as u32 + 10, relation);
        member.about.income.wage = Fen(*wage);
        form.members.push(member);
    }
    form
}

proptest! {
    /// Σ shares is the amount, the amount closes the gap exactly, and more
    /// income never brings more money (rules A3.5, A5.13).
    #[test]
    fn amounts_close_the_gap(
        members in prop::collection::vec((0_u8..100, 0_i64..60_000, any::<u8>()), 1..9),
        more in 0_i64..5_000,
    ) {
        let day = "2026-03-02".parse().unwrap();
        let params = Params::load(&RULES, DIVISION, day, Scale::Rural).unwrap();
        let findings = Findings::default();
        let run = |form: &Form| {
            let input =
                Input { form, findings: &findings, dead: &[], tier: None, params: &params, day };
            assess(input)
        };
        let form = family(&members);
        let found = run(&form);
        prop_assert_eq!(found.household.counted.len() + found.household.left_out.len(), members.len());
        prop_assert!(found.household.counted.contains(&0));
        let heads = i64::try_from(found.supported.len()).unwrap();
        let net = found.net.numerator;
        let gap = (i128::from(38_000 * heads) * found.net.denominator - net).max(0);
        let amount = i128::from(found.monthly().0) * found.net.denominator;
        prop_assert!(amount >= gap && amount - gap < found.net.denominator, "rounded up to the fen");
        prop_assert_eq!(amount::total(&found.shares), found.monthly());
        prop_assert_eq!(found.class == Class::MinimumLiving, found.reasons.is_empty());
        prop_assert_eq!(found.class == Class::MinimumLiving, gap > 0);

        let mut richer = form.clone();
        richer.applicant.about.income.wage.0 += more;
        prop_assert!(run(&richer).monthly() <= found.monthly());
    }

    /// Whatever is done in whatever order: no panic, no confirmation without
    /// check, notice and second pair of eyes, no cut or stop unheard.
    #[test]
    fn no_order_of_acts_breaks_the_law(choices in prop::collection::vec((any::<u16>(), any::<u8>()), 1..120)) {
        let mut town = Town::new(choices[0].1);
        for (choice, luck) in choices {
            town.act(choice, luck);
        }
    }
}

/// A case with the notices and clocks casework would keep for it.
struct Town {
    case: Case<MinimumLiving>,
    now: jiff::Timestamp,
    clocks: Vec<(String, jiff::Timestamp)>,
}

impl Town {
    /// A new application, or a file in order further on.
    fn new(start: u8) -> Self {
        let now = build::at("2026-03-02");
        let state = [
            State::Submitted,
            State::Investigating,
            State::CountyReview,
            State::InPayment,
        ];
        let mut case = build::case(state[usize::from(start) % state.len()], now);
        if case.state == State::Submitted {
            case.facts = Default::default();
            case.notices.clear();
        }
        Self {
            case,
            now,
            clocks: Vec::new(),
        }
    }

    /// Time goes on, at times by days; what fires on the way fires. Then one
    /// of the acts of the state is tried.
    fn act(&mut self, choice: u16, luck: u8) {
        let days = if luck.is_multiple_of(3) {
            i64::from(luck % 13)
        } else {
            0
        };
        self.now += jiff::SignedDuration::from_hours(days * 24 + 1);
        while let Some(at) = self.clocks.iter().position(|(_, due)| *due <= self.now) {
            let (name, _) = self.clocks.remove(at);
            if let Some(action) = MinimumLiving::on_clock(&name) {
                self.take(action, &Actor::System(String::new()));
            }
        }
        let here: Vec<_> = MinimumLiving::actions()
            .iter()
            .filter(|spec| spec.from.contains(&self.case.state))
            .collect();
        if here.is_empty() {
            return;
        }
        let spec = here[usize::from(choice) % here.len()];
        let data = data(spec.code, luck, &self.case, self.now);
        let Ok(action) = serde_json::from_value::<Action>(match data {
            Value::Null => json!({ "action": spec.code }),
            data => json!({ "action": spec.code, "data": data }),
        }) else {
            return;
        };
        let name = ["u1", "u2", "u3", "u4"][usize::from(luck) % 4];
        let actor = match spec.by {
            By::Applicant | By::ApplicantInPerson | By::ApplicantVerified => Actor::Citizen {
                account: uuid::Uuid::nil(),
                person: None,
            },
            By::Roles(roles) => officer(name, *roles.first().unwrap_or(&Role::Clerk)),
            By::System => Actor::System(String::new()),
        };
        self.take(action, &actor);
    }

    fn take(&mut self, action: Action, actor: &Actor) {
        let code = action.code();
        let spec = MinimumLiving::actions()
            .iter()
            .find(|spec| spec.code == code)
            .unwrap();
        if !spec.from.contains(&self.case.state) {
            return;
        }
        let cx = context(actor, self.now, &RULES);
        let keys = (0..8).map(|at| format!("k{at}")).collect();
        let world = World {
            keys,
            books: Some(Books {
                accounts: accounts(&self.case),
                returned: Vec::new(),
            }),
            ..World::default()
        };
        let Ok(decision) = MinimumLiving::decide(&self.case, action, &cx, &world) else {
            return;
        };
        self.lawful(&decision, actor);
        self.keep(decision);
    }

    fn lawful(&self, decision: &Decision<MinimumLiving>, actor: &Actor) {
        let before = &self.case;
        let today = time::beijing_date(self.now);
        // A death that was none gives a confirmation back that a person gave.
        let before_death = before.state == State::DeathReview;
        let confirmed = decision.state == State::Confirmed && before.state != State::Confirmed;
        if confirmed && !before_death {
            let report = before
                .facts
                .check
                .latest()
                .expect("no confirmation without a report");
            assert!(report.valid_until >= today, "the report is usable");
            let over = |notice: &NoticeFacts| notice.ends_at.is_some_and(|end| end <= self.now);
            assert!(before.notices.iter().any(over), "the notice is over");
            assert!(
                before
                    .notices
                    .iter()
                    .all(|notice| notice.open_objections == 0)
            );
            let (_, name) = actor.officer().expect("a person decides");
            assert!(!before.facts.investigators.iter().any(|other| other == name));
            let benefit = decision.facts.benefit.as_ref().unwrap();
            assert_eq!(amount::total(&benefit.shares), benefit.monthly);
            assert!(
                benefit.first_month > time::month_of(today),
                "paid from next month"
            );
        }
        let paid = |case: &Case<MinimumLiving>| case.facts.benefit.as_ref().map(|b| b.monthly);
        let less = decision.facts.benefit.as_ref().map(|b| b.monthly) < paid(before);
        let ended = |state| matches!(state, State::Stopped | State::Recovering);
        let stopped = ended(decision.state) && !ended(before.state);
        let asked = matches!(actor, Actor::Citizen { .. });
        let dead = before.facts.dead(&before.form);
        let everybody_died = dead.len() == before.form.members.len() + 1;
        if (less || stopped) && !asked && !everybody_died {
            let heard = before.facts.hearing.is_some() || before.facts.grace.is_some();
            assert!(heard, "nothing is taken away unheard");
        }
        if decision.state.spec().awaiting == yiwang_casework::Awaiting::Nobody {
            let hanging: Vec<_> = before
                .notices
                .iter()
                .filter(|notice| {
                    !notice.withdrawn && notice.ends_at.is_none_or(|end| self.now < end)
                })
                .collect();
            let down = decision
                .notices
                .iter()
                .filter(|op| matches!(op, NoticeOp::Withdraw(_)));
            assert_eq!(hanging.len(), down.count(), "an ended case hangs nowhere");
        }
    }

    fn keep(&mut self, decision: Decision<MinimumLiving>) {
        self.case.state = decision.state;
        self.case.facts = decision.facts;
        self.case.version += 1;
        if let Some(form) = decision.form {
            self.case.form = form;
        }
        for op in decision.clocks {
            match op {
                ClockOp::Start(clock) => {
                    self.clocks.retain(|(name, _)| *name != clock.name);
                    self.clocks.push((clock.name, clock.due_at));
                }
                ClockOp::Stop(name) => self.clocks.retain(|(other, _)| *other != name),
            }
        }
        for op in decision.notices {
            match op {
                NoticeOp::Post(notice) => self.case.notices.push(NoticeFacts {
                    name: notice.name,
                    posted_at: self.now,
                    ends_at: Some(time::end_of_day(notice.last_day)),
                    withdrawn: false,
                    open_objections: 0,
                }),
                NoticeOp::Withdraw(name) => {
                    let own = self
                        .case
                        .notices
                        .iter_mut()
                        .filter(|notice| notice.name == name);
                    own.for_each(|notice| notice.withdrawn = true);
                }
                NoticeOp::Settle { name, .. } => {
                    let own = self
                        .case
                        .notices
                        .iter_mut()
                        .filter(|notice| notice.name == name);
                    own.for_each(|notice| notice.open_objections = 0);
                }
            }
        }
        if self.case.state == State::Objected {
            let latest = self.case.notices.last_mut();
            latest.unwrap().open_objections = 1;
        }
    }
}

/// A month paid to each who died, as if the death were always told late.
fn accounts(case: &Case<MinimumLiving>) -> Vec<Account> {
    let month = "2026-04".parse().unwrap();
    let late = |index| Account {
        index,
        month,
        due: Fen::ZERO,
        paid: Fen(28_000),
    };
    case.facts.dead(&case.form).into_iter().map(late).collect()
}

/// Something a person could write, mostly in order.
fn data(code: &str, luck: u8, case: &Case<MinimumLiving>, now: jiff::Timestamp) -> Value {
    let today = time::beijing_date(now);
    let outcome = Outcome::ALL[usize::from(luck) % Outcome::ALL.len()].code();
    let income = i64::from(luck % 5) * 30_000 * 12;
    match code {
        "request_correction" => json!({ "items": [{ "code": "other", "reason": "缺" }] }),
        "correct" => json!({ "form": case.form, "materials": [] }),
        "accept" | "township_confirm" | "confirm" => json!({}),
        "amend" => json!({ "form": case.form, "reasons": "变化" }),
        "extend" => json!({ "reason": "hard_investigation", "working_days": 31 + luck % 20 }),
        "start_investigation" => json!({ "investigators": ["u1", "u2"] }),
        "record_visit" => {
            json!({ "kind": "home", "on": today, "officers": ["u1", "u2"], "record": "记录" })
        }
        "record_findings" => json!({ "yearly_income": income }),
        "enter_report" => {
            json!({ "number": "HD", "issued_on": today, "covers_all": !luck.is_multiple_of(7),
            "contradictions": if luck.is_multiple_of(3) { "车" } else { "" } })
        }
        "give_first_opinion" => json!({ "recommend": !luck.is_multiple_of(4), "reasons": "意见",
            "objection_result": "已核实" }),
        "post_notice" => json!({ "place": "公开栏" }),
        "record_delivery" => json!({ "on": today }),
        "change_account" => json!({ "payee": case.form.payee }),
        "payment_settled" => json!({ "month": "2026-04", "amount": 84_000, "returned": null }),
        "report_change" => json!({ "changed_on": today, "text": "找到工作" }),
        "start_recheck" => json!({ "cause": "periodic" }),
        "propose" => json!({ "outcome": outcome, "reasons": "理由" }),
        "record_hearing" => json!({ "on": today, "said": "没有意见" }),
        "decide_recheck" => {
            json!({ "outcome": outcome, "reasons": "理由", "months": 1 + luck % 7 })
        }
        "extend_grace" => json!({ "months": 1 + luck % 3 }),
        "report_death" => {
            let names = ["王小明", "李桂芳", "王乐乐"];
            json!({ "name": names[usize::from(luck) % 3], "died_on": today })
        }
        "record_death" => json!({ "person": format!("k{}", luck % 4), "died_on": today }),
        "revoke_death" | "release_share" | "record_found" => {
            json!({ "person": format!("k{}", luck % 4) })
        }
        "hold_share" => json!({ "person": format!("k{}", luck % 4), "on": today }),
        "record_marital" => json!({ "person": format!("k{}", luck % 4), "change": "离婚",
            "on": today, "review": luck.is_multiple_of(3) }),
        "record_recovery" => json!({ "amount": 14_000, "receipt": format!("JK{luck}") }),
        "record_job_offer" => {
            json!({ "name": "李桂芳", "on": today, "suitable": true, "accepted": luck.is_multiple_of(5) })
        }
        // Rare: it would end most stories early.
        "fraud_stop" if !luck.is_multiple_of(9) => json!({ "reasons": "" }),
        "withdraw" | "stop_voluntarily" if !luck.is_multiple_of(9) => json!({ "not": "taken" }),
        "terminate_noncooperation" | "reject" | "township_reject" if !luck.is_multiple_of(5) => {
            json!({ "reasons": " " })
        }
        "request_check"
        | "start_check"
        | "resume_investigation"
        | "notice_ended"
        | "reinvestigate"
        | "report_to_county"
        | "review"
        | "order_payment"
        | "payee_stored"
        | "recheck_due"
        | "balance_accounts"
        | "elsewhere"
        | "grace_over"
        | "withdraw"
        | "stop_voluntarily"
        | "check_answered" => Value::Null,
        _ => json!({ "text": "说明", "reasons": "说明" })
            .as_object()
            .map(|both| {
                let key = if matches!(
                    code,
                    "record_review"
                        | "record_complaint"
                        | "object"
                        | "object_check"
                        | "tell_check_failure"
                ) {
                    "text"
                } else {
                    "reasons"
                };
                json!({ key: both[key] })
            })
            .unwrap(),
    }
}
