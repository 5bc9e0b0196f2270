//! Objections: the notice hangs on and takes in every further one until the next opinion.

use serde_json::json;
use yiwang_assistance::domain::minimum_living::{MinimumLiving, state::State};
use yiwang_casework::{Item, NoticeOp};
use yiwang_chassis::identity::Role;

use crate::{
    act,
    build::{at, officer},
    file, refused, system,
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
        let found = act(&case, &system(), "object", text.clone()).unwrap();
        assert_eq!((found.state, found.facts.objections.len()), (next, 1));
        assert!(found.notices.is_empty());
        for (withdrawn, ends) in [(true, "2026-07-11"), (false, "2026-07-06T09:00:00+08:00")] {
            case.notices[0].withdrawn = withdrawn;
            case.notices[0].ends_at = Some(at(ends));
            let late = act(&case, &system(), "object", text.clone());
            assert_eq!(refused(&late), "NOTICE_OVER");
        }
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
}

#[test]
fn the_next_opinion_answers_every_objection_and_takes_the_place_of_the_notice() {
    let reviewer = officer("u9", Role::TownshipOfficer);
    let down = NoticeOp::Withdraw("first_opinion".to_owned());
    for (recommend, taken_down) in [(true, false), (false, true)] {
        let mut case = hanging(State::Investigating);
        case.notices[0].open_objections = 2;
        case.facts.check.reports[0].valid_until = "2026-12-31".parse().unwrap();
        let data =
            json!({ "recommend": recommend, "reasons": "意见", "objection_result": "已核实" });
        let decision = act(&case, &reviewer, "give_first_opinion", data).unwrap();
        let settled = |op: &&NoticeOp| matches!(op, NoticeOp::Settle { .. });
        assert_eq!(decision.notices.iter().filter(settled).count(), 1);
        assert_eq!(decision.notices.contains(&down), taken_down);
    }
    let case = hanging(State::FirstOpinion);
    let place = json!({ "place": "村务公开栏" });
    let posted = act(&case, &officer("u8", Role::Clerk), "post_notice", place).unwrap();
    match &posted.notices[..] {
        [first, NoticeOp::Post(notice)] => {
            assert_eq!((first, notice.name.as_str()), (&down, "first_opinion_2"));
        }
        other => panic!("{other:?}"),
    }
}
