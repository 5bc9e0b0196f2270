//! The check list of a registration, question by question (rules A3.1 to A3.4).

use jiff::civil::{Date, date};
use yiwang_civic::citizen_id::Sex;
use yiwang_marriage::domain::{
    identity::Identity,
    kinship::Kin,
    legal_age::AgeRules,
    marriage_registration::{
        Kind, checks,
        couple::{Couple, One},
        late,
        paper::Paper,
    },
    party::{Residence, StatedStatus},
    record::{Known, RecordState},
};

use crate::{registration::record, surroundings::context};

/// A couple that nothing stands against, on 2026-03-02.
fn couple<'a>(known: [&'a Known; 2]) -> Couple<'a> {
    let one = |key: &'static str, sex: Sex, born: Date, known: &'a Known| One {
        key,
        sex,
        born,
        residence: Residence::Mainland,
        stated: StatedStatus::Single,
        papers: Vec::new(),
        identity: Identity::Match,
        known: Some(known),
        present: true,
        signed: true,
        willing: true,
    };
    Couple {
        kind: Kind::Marriage,
        on: date(2026, 3, 2),
        qualified: true,
        competence: &[Residence::Mainland],
        ages: AgeRules::load(&context(date(2026, 3, 2).at(10, 0, 0, 0))).unwrap(),
        kin: Kin::None,
        both: [
            one("man", Sex::Male, date(1996, 5, 10), known[0]),
            one("woman", Sex::Female, date(1997, 8, 20), known[1]),
        ],
    }
}

#[test]
fn everything_in_the_way_is_told_at_once_in_the_order_of_the_law() {
    let (free, married) = (
        Known::default(),
        Known {
            records: vec![record(["woman", "somebody else"], RecordState::Valid)],
            ..Known::default()
        },
    );
    assert!(checks::findings(&couple([&free, &free])).is_empty());
    let mut couple = couple([&free, &married]);
    couple.both[0].born = date(2004, 3, 3);
    couple.kin = Kin::FirstCousin;
    let codes: Vec<_> = checks::findings(&couple)
        .iter()
        .map(|one| one.code)
        .collect();
    assert_eq!(codes, ["UNDER_AGE", "ALREADY_MARRIED", "KINSHIP"]);
}

#[test]
fn a_refusal_says_what_to_do_next() {
    let free = Known::default();
    let mut young = couple([&free, &free]);
    young.both[0].born = date(2004, 3, 3);
    let message = checks::hold(checks::ALL, &young).unwrap_err().message;
    assert!(message.starts_with("男方未满22周岁"), "{message}");
    assert!(message.contains("2026年3月3日起可以登记"), "{message}");
    assert!(message.contains("不予登记"), "{message}");

    let mut each_other = Known::default();
    each_other
        .records
        .push(record(["man", "woman"], RecordState::Valid));
    let married = couple([&each_other, &each_other]);
    let message = checks::hold(checks::ALL, &married).unwrap_err().message;
    assert!(message.contains("补领"), "{message}");
}

#[test]
fn the_police_explain_a_difference_but_no_paper_explains_a_death() {
    let free = Known::default();
    let refused = |identity| {
        let mut couple = couple([&free, &free]);
        couple.both[1].identity = identity;
        checks::hold(checks::ALL, &couple)
            .err()
            .map(|refusal| refusal.code)
    };
    assert_eq!(refused(Identity::Proven), None);
    assert_eq!(refused(Identity::Differs), Some("ID_NOT_VERIFIED"));
    assert_eq!(refused(Identity::Dead), Some("DEAD"));
}

#[test]
fn a_paper_proves_only_what_it_is_about() {
    let rows = [
        (StatedStatus::Single, Paper::DivorceCertificate, false),
        (StatedStatus::Divorced, Paper::CourtJudgment, true),
        (StatedStatus::Divorced, Paper::CourtCertificate, true),
        (StatedStatus::Divorced, Paper::DeathCertificate, false),
        (StatedStatus::Widowed, Paper::DeathCertificate, true),
        (StatedStatus::Widowed, Paper::CourtJudgment, true),
        (StatedStatus::Widowed, Paper::DivorceCertificate, false),
        (StatedStatus::Widowed, Paper::IdentityProof, false),
    ];
    let free = Known::default();
    for (stated, paper, enough) in rows {
        let mut couple = couple([&free, &free]);
        couple.both[0].stated = stated;
        couple.both[0].papers = vec![paper];
        // Who says single and is single needs no paper at all.
        let found = checks::hold(checks::ALL, &couple).is_ok();
        let single = stated == StatedStatus::Single;
        assert_eq!(found, enough || single, "{stated:?} {paper:?}");
        assert_eq!(paper.proves(stated), enough, "{stated:?} {paper:?}");
    }
}

#[test]
fn who_says_single_and_was_divorced_signs_again() {
    let mut divorced = Known::default();
    divorced
        .records
        .push(record(["man", "somebody else"], RecordState::Divorced));
    let free = Known::default();
    let mut couple = couple([&divorced, &free]);
    let refusal = checks::hold(checks::ALL, &couple).unwrap_err();
    assert_eq!(refusal.code, "STATUS_UNPROVEN");
    assert!(
        refusal.message.contains("记载是离婚"),
        "{}",
        refusal.message
    );
    couple.both[0].stated = StatedStatus::Divorced;
    assert_eq!(checks::hold(checks::ALL, &couple), Ok(()));
}

#[test]
fn two_divorced_from_each_other_remarry_whatever_was_ticked() {
    let mut known = Known::default();
    known
        .records
        .push(record(["woman", "man"], RecordState::Divorced));
    assert_eq!(couple([&known, &known]).recorded_kind(), Kind::Remarriage);
    let free = Known::default();
    assert_eq!(couple([&free, &free]).recorded_kind(), Kind::Marriage);
}

/// 法释〔2020〕22号 第六条: from when both met the conditions.
#[test]
fn a_late_registration_reaches_back_to_the_last_condition() {
    let free = Known::default();
    let mut divorced = Known::default();
    divorced
        .records
        .push(record(["woman", "somebody else"], RecordState::Divorced));
    let mut void = Known::default();
    void.records
        .push(record(["woman", "somebody else"], RecordState::Void));
    let from = |known, since| {
        let mut couple = couple([&free, known]);
        couple.kind = Kind::Late;
        late::effective_from(&couple, since)
    };
    // The man, born 1996-05-10, is 22 on 2018-05-10; the woman was 20 in 2017.
    assert_eq!(from(&free, date(2015, 1, 1)), date(2018, 5, 10));
    assert_eq!(from(&free, date(2019, 10, 1)), date(2019, 10, 1));
    assert_eq!(from(&divorced, date(2019, 10, 1)), date(2024, 3, 1));
    assert_eq!(from(&void, date(2019, 10, 1)), date(2019, 10, 1));
    assert_eq!(from(&free, date(2027, 1, 1)), date(2026, 3, 2));
}
