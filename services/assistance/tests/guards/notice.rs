//! Objections: the notice comes down, or takes in every further one.

use serde_json::json;
use yiwang_assistance::domain::minimum_living::{MinimumLiving, codes::CheckVerdict, state::State};
use yiwang_casework::{Item, NoticeOp};
use yiwang_chassis::identity::Role;

use crate::{
    act, act_under,
    build::{at, officer},
    file, no_second_notice, refused, system,
};

fn hanging(state: State) -> yiwang_casework::Case<MinimumLiving> {
    let mut case = file(state);
    case.notices[0].posted_at = at("2026-07-03");
    case.notices[0].ends_at = Some(at("2026-07-11"));
    case
}

#[test]
fn every_objection_to_a_hanging_notice_is_recorded() {
    let text = json!({ "text": "他家有车" });
    let rows = [
        (State::PublicNotice, State::Objected),
        (State::Objected, State::Objected),
        (State::FirstOpinion, State::Objected),
        (State::Investigating, State::Investigating),
        (State::Checking, State::Checking),
        (State::CheckFailedTold, State::CheckFailedTold),
    ];
    let spec = MinimumLiving::actions()
        .iter()
        .find(|spec| spec.code == "object");
    for (state, next) in rows {
        assert!(spec.unwrap().from.contains(&state), "{state:?}");
        let mut case = hanging(state);
        let own = no_second_notice();
        let hangs_on = act_under(&case, &system(), "object", text.clone(), &own).unwrap();
        assert_eq!((hangs_on.state, hangs_on.facts.objections.len()), (next, 1));
        assert!(hangs_on.notices.is_empty());
        let down = act(&case, &system(), "object", text.clone()).unwrap();
        assert_eq!(down.state, next);
        assert_eq!(
            down.notices,
            [NoticeOp::Withdraw("first_opinion".to_owned())]
        );
        case.notices[0].withdrawn = true;
        assert_eq!(
            refused(&act(&case, &system(), "object", text.clone())),
            "NOTICE_OVER"
        );
    }
}

#[test]
fn an_objection_to_a_notice_that_came_down_is_still_to_be_answered() {
    let mut case = hanging(State::FirstOpinion);
    case.notices[0].withdrawn = true;
    case.notices[0].open_objections = 1;
    let reviewer = officer("u9", Role::TownshipOfficer);
    let report = |case: &yiwang_casework::Case<MinimumLiving>| {
        refused(&act(case, &reviewer, "report_to_county", json!(null)))
    };
    assert_eq!(report(&case), "OBJECTION_OPEN");
    case.notices[0].open_objections = 0;
    assert_eq!(report(&case), "NOTICE_RUNNING", "nothing hangs");

    // The next opinion answers it.
    let mut case = hanging(State::Investigating);
    case.notices[0].withdrawn = true;
    case.notices[0].open_objections = 2;
    assert_eq!(
        case.facts.check.reports[0].verdict,
        CheckVerdict::Consistent
    );
    case.facts.check.reports[0].valid_until = "2026-12-31".parse().unwrap();
    let opinion = json!({ "recommend": true, "reasons": "符合条件", "objection_result": "不属实" });
    let decision = act(&case, &reviewer, "give_first_opinion", opinion).unwrap();
    assert!(matches!(&decision.notices[..], [NoticeOp::Settle { .. }]));
}
