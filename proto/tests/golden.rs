//! A released event decodes for ever: the bytes in `golden/` are never changed,
//! a new field only adds a new file.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail like tests")]

use std::{fs, path::PathBuf};

use prost::Message;
use yiwang_proto::{
    assistance::v1::{HouseholdChanged, PaymentChanged, StatusChanged},
    burial::v1::{
        BillDrawn, BodyReceived, CremationCertificateIssued, CremationDone, DeathRecorded,
        MemorialChanged, NamelessIdentified, PriceChanged, PriceViolation, SubsidyPaid,
        VisitChanged,
    },
    child::v1 as child,
    event::v1::{CaseChanged, CertificateChanged},
    rescue::v1 as rescue,
};

fn golden<M: Message + Default + PartialEq + std::fmt::Debug>(name: &str, expected: &M) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(name);
    let text = fs::read_to_string(&path)
        .unwrap_or_else(|_| panic!("{name} is missing; a new event is\n{}", hex(expected)));
    let bytes: Vec<u8> = (0..text.trim().len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap())
        .collect();
    assert_eq!(&M::decode(bytes.as_slice()).unwrap(), expected, "{name}");
}

fn hex(message: &impl Message) -> String {
    message
        .encode_to_vec()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[test]
fn case_changed() {
    let event = CaseChanged {
        number: "DB420323260512000000197".into(),
        item: "minimum-living".into(),
        item_title: "最低生活保障".into(),
        division: "420323100".into(),
        applicant: "a1".into(),
        account: "00000000-0000-7000-8000-000000000001".into(),
        action: "accept".into(),
        state: "accepted".into(),
        state_label: "已受理".into(),
        message: "您的申请已受理。".into(),
        closed: false,
        version: 2,
    };
    golden("yiwang.event.v1.CaseChanged.hex", &event);
}

#[test]
fn bill_drawn() {
    let event = BillDrawn {
        case_number: "BZ421224260512000000197".into(),
        person: "a1".into(),
        on: "2026-05-14".into(),
        charged_fen: 48_000,
        waived_fen: 150_000,
        subsidised_fen: 0,
    };
    golden("yiwang.burial.v1.BillDrawn.hex", &event);
}

#[test]
fn memorial_changed() {
    let event = MemorialChanged {
        id: "01890000-0000-7000-8000-000000000007".into(),
        division: "421224100".into(),
        account: "00000000-0000-7000-8000-000000000001".into(),
        state: "open".into(),
        message: "您开设的网络纪念页有新的留言，请看过以后决定是否显示。".into(),
    };
    golden("yiwang.burial.v1.MemorialChanged.hex", &event);
}

#[test]
fn visit_changed() {
    let event = VisitChanged {
        number: "JS421224270404000000197".into(),
        facility: "421224100-GM01".into(),
        division: "421224100".into(),
        starts_at: "2027-04-04T09:00".into(),
        kind: "on_behalf".into(),
        account: "00000000-0000-7000-8000-000000000001".into(),
        message: "通山县青松公益性公墓已经为您代祭：已擦拭墓碑。".into(),
    };
    golden("yiwang.burial.v1.VisitChanged.hex", &event);
}

#[test]
fn certificate_changed() {
    let event = CertificateChanged {
        number: "J421221-2026-000001".into(),
        kind: "marriage".into(),
        title: "结婚证".into(),
        state: "ended".into(),
        holders: vec!["a1".into(), "b2".into()],
        issued_on: "2026-05-20".into(),
        case_number: "JH421221260520000000197".into(),
        reason: "登记离婚".into(),
    };
    golden("yiwang.event.v1.CertificateChanged.hex", &event);
}

#[test]
fn status_changed() {
    let event = StatusChanged {
        person: "a1".into(),
        benefit: "DB".into(),
        case_number: "DB420323260512000000197".into(),
        division: "420323100".into(),
        from_month: "2026-07".into(),
        reason: "收入超标".into(),
        monthly_fen: 28_000,
    };
    golden("yiwang.assistance.v1.StatusChanged.hex", &event);
}

#[test]
fn household_changed() {
    let event = HouseholdChanged {
        case_number: "DB420323260512000000197".into(),
        members: vec!["a1".into(), "b2".into()],
        reason: "死亡".into(),
    };
    golden("yiwang.assistance.v1.HouseholdChanged.hex", &event);
}

#[test]
fn payment_changed() {
    let event = PaymentChanged {
        payment_id: "p1".into(),
        case_number: "DB420323260512000000197".into(),
        benefit: "DB".into(),
        month: "2026-07".into(),
        amount_fen: 84_000,
        reason: String::new(),
    };
    golden("yiwang.assistance.v1.PaymentChanged.hex", &event);
}

#[test]
fn death_recorded() {
    let event = DeathRecorded {
        person: "a1".into(),
        died_on: "2026-05-12".into(),
        certificate: "420323261234567".into(),
    };
    golden("yiwang.burial.v1.DeathRecorded.hex", &event);
}

#[test]
fn body_received() {
    let event = BodyReceived {
        tag: "421224100-BY01-26-00017".into(),
        person: "a3".repeat(32),
        facility: "421224100-BY01".into(),
        case_number: "ZS421224260512000000017".into(),
        infectious: true,
    };
    golden("yiwang.burial.v1.BodyReceived.hex", &event);
}

#[test]
fn cremation_done() {
    let event = CremationDone {
        tag: "421224100-BY01-26-00017".into(),
        person: "a3".repeat(32),
        county: "421224".into(),
        ended_on: "2026-05-13".into(),
        case_number: "ZS421224260512000000017".into(),
    };
    golden("yiwang.burial.v1.CremationDone.hex", &event);
}

#[test]
fn cremation_certificate_issued() {
    let event = CremationCertificateIssued {
        number: "HZ421224-2026-000002".into(),
        tag: "421224100-BY01-26-00017".into(),
        person: "a3".repeat(32),
        cremated_on: "2026-05-13".into(),
        facility: "421224100-BY01".into(),
        replaces: "HZ421224-2026-000001".into(),
    };
    golden("yiwang.burial.v1.CremationCertificateIssued.hex", &event);
}

#[test]
fn nameless_identified() {
    let event = NamelessIdentified {
        case_number: "WM421224260512000000018".into(),
        tag: "421224100-BY01-26-00017".into(),
        person: "a3".repeat(32),
        identified_on: "2028-03-01".into(),
        family: "b4".repeat(32),
        message: "请打电话给通山县殡仪馆。".into(),
    };
    golden("yiwang.burial.v1.NamelessIdentified.hex", &event);
}

#[test]
fn money_of_burials() {
    let paid = SubsidyPaid {
        person: "ab".into(),
        division: "421224100".into(),
        kind: "eco_subsidy".into(),
        form: "tree".into(),
        fen: 200_000,
        paid_on: "2026-05-20".into(),
        case_number: "ST42122420260520000001".into(),
    };
    golden("yiwang.burial.v1.SubsidyPaid.hex", &paid);
    let violation = PriceViolation {
        facility: "421224100-BY01".into(),
        division: "421224100".into(),
        kind: "bundled".into(),
        outcome: "refund".into(),
        refund_fen: 6_000,
        found_on: "2026-05-20".into(),
        case_number: "JG42122420260520000001".into(),
    };
    golden("yiwang.burial.v1.PriceViolation.hex", &violation);
    let changed = PriceChanged {
        code: "cremation.flat".into(),
        division: "421224".into(),
        facility: "421224100-BY01".into(),
        valid_from: "2026-06-01".into(),
    };
    golden("yiwang.burial.v1.PriceChanged.hex", &changed);
}

#[test]
fn rescue_stay_changed() {
    let event = rescue::StayChanged {
        case_number: "JZ421202260512000000017".into(),
        station: "421202001-JZ01".into(),
        person: "a3".repeat(32),
        minor: true,
        leave_type: "fetched".into(),
        on: "2026-05-20".into(),
    };
    golden("yiwang.rescue.v1.StayChanged.hex", &event);
}

#[test]
fn rescue_search_step() {
    let event = rescue::SearchStep {
        case_number: "JZ421202260512000000017".into(),
        station: "421202001-JZ01".into(),
        at: "2026-05-21T09:00:00Z".into(),
        late: true,
        step: "publish".into(),
    };
    golden("yiwang.rescue.v1.SearchStep.hex", &event);
}

#[test]
fn rescue_minor_found() {
    let event = rescue::MinorFound {
        case_number: "JZ421202260512000000017".into(),
        station: "421202001-JZ01".into(),
        division: "421202001".into(),
        person: "a3".repeat(32),
        cause: "wandering".into(),
    };
    golden("yiwang.rescue.v1.MinorFound.hex", &event);
}

#[test]
fn rescue_return_needs() {
    let event = rescue::ReturnNeeds {
        case_number: "JZ421202260512000000017".into(),
        person: "a3".repeat(32),
        division: "421202001".into(),
        needs: vec!["minimum_living".into(), "medical".into()],
    };
    golden("yiwang.rescue.v1.ReturnNeeds.hex", &event);
}

#[test]
fn rescue_report_changed() {
    let event = rescue::ReportChanged {
        report: "XQ610902260511000000003".into(),
        person: "a3".repeat(32),
    };
    golden("yiwang.rescue.v1.ReportChanged.hex", &event);
}

#[test]
fn rescue_match_changed() {
    let event = rescue::MatchChanged {
        case_number: "JZ421202260512000000017".into(),
        stay: "JZ421202260512000000017".into(),
        report: "XQ610902260511000000003".into(),
    };
    golden("yiwang.rescue.v1.MatchChanged.hex", &event);
}

#[test]
fn rescue_station_saved() {
    let event = rescue::StationSaved {
        station: "421202001-JZ01".into(),
        division: "421202001".into(),
        what: "article".into(),
        id: "0190a1b2-0000-7000-8000-000000000001".into(),
    };
    golden("yiwang.rescue.v1.StationSaved.hex", &event);
}

#[test]
fn rescue_patrol_changed() {
    let event = rescue::PatrolChanged {
        patrol: "0190a1b2-0000-7000-8000-000000000002".into(),
        station: "421202001-JZ01".into(),
        division: "421202001".into(),
    };
    golden("yiwang.rescue.v1.PatrolChanged.hex", &event);
}

#[test]
fn rescue_encounter_changed() {
    let event = rescue::EncounterChanged {
        encounter: "0190a1b2-0000-7000-8000-000000000003".into(),
        station: "421202001-JZ01".into(),
        division: "421202001".into(),
        outcome: "willing".into(),
        case_number: "JZ421202260512000000017".into(),
    };
    golden("yiwang.rescue.v1.EncounterChanged.hex", &event);
}

#[test]
fn rescue_campaign_changed() {
    let event = rescue::CampaignChanged {
        campaign: "0190a1b2-0000-7000-8000-000000000004".into(),
        kind: "winter".into(),
        county: "421202".into(),
        alert: "HB-2026-0117".into(),
    };
    golden("yiwang.rescue.v1.CampaignChanged.hex", &event);
}

#[test]
fn rescue_easily_lost_changed() {
    let event = rescue::EasilyLostChanged {
        case_number: "JZ421202260512000000017".into(),
        person: "a3".repeat(32),
        county: "421202".into(),
        level: "high".into(),
    };
    golden("yiwang.rescue.v1.EasilyLostChanged.hex", &event);
}

#[test]
fn rescue_institution_changed() {
    let event = rescue::InstitutionChanged {
        institution: "421202001-TY01".into(),
        division: "421202001".into(),
        check_result: "passed".into(),
    };
    golden("yiwang.rescue.v1.InstitutionChanged.hex", &event);
}

#[test]
fn rescue_settlement_changed() {
    let event = rescue::SettlementChanged {
        case_number: "AZ421202260820000000013".into(),
        stay: "JZ421202260512000000017".into(),
        person: "a3".repeat(32),
        true_person: "b4".repeat(32),
        county: "421202".into(),
        needs: vec!["extreme_poverty".into(), "medical_insurance".into()],
    };
    golden("yiwang.rescue.v1.SettlementChanged.hex", &event);
}

#[test]
fn rescue_minor_handed_over() {
    let event = rescue::MinorHandedOver {
        case_number: "JZ421202260512000000017".into(),
        station: "421202001-JZ01".into(),
        division: "421202001".into(),
        person: "a3".repeat(32),
        cause: "wandering".into(),
        care: "protection".into(),
        document: "咸民护〔2026〕3号".into(),
    };
    golden("yiwang.rescue.v1.MinorHandedOver.hex", &event);
}

#[test]
fn entitlement_changed() {
    let event = child::EntitlementChanged {
        case_number: "GE420323260512000000197".into(),
        person: "a1".into(),
        kind: "GE".into(),
        division: "420323100".into(),
        from_month: "2026-06".into(),
        monthly_fen: 150_000,
        reason: "recomputed".into(),
    };
    golden("yiwang.child.v1.EntitlementChanged.hex", &event);
}

#[test]
fn risk_raised() {
    let event = child::RiskRaised {
        case_number: "GA420323260512000000197".into(),
        division: "420323100".into(),
    };
    golden("yiwang.child.v1.RiskRaised.hex", &event);
}

#[test]
fn custody_changed() {
    let event = child::CustodyChanged {
        case_number: "LJ420323260512000000197".into(),
        person: "a1".into(),
        division: "420323100".into(),
        kind: "temporary".into(),
        guardian: "420323".into(),
    };
    golden("yiwang.child.v1.CustodyChanged.hex", &event);
}

#[test]
fn adoption_changed() {
    let event = child::AdoptionChanged {
        case_number: "SY420323260512000000197".into(),
        child: "a1".into(),
        adopters: vec!["b2".into(), "c3".into()],
        on: "2026-05-12".into(),
    };
    golden("yiwang.child.v1.AdoptionChanged.hex", &event);
}

#[test]
fn entrust_changed() {
    let event = child::EntrustChanged {
        case_number: "WT420323260512000000197".into(),
        division: "420323100".into(),
    };
    golden("yiwang.child.v1.EntrustChanged.hex", &event);
}

#[test]
fn visit_overdue() {
    let event = child::VisitOverdue {
        file: "KJ420323260512000000197".into(),
        division: "420323100".into(),
        due_on: "2026-05-12".into(),
    };
    golden("yiwang.child.v1.VisitOverdue.hex", &event);
}

#[test]
fn project_paid() {
    let event = child::ProjectPaid {
        case_number: "MT420323260512000000197".into(),
        kind: "MT".into(),
        fen: 1_234_567,
    };
    golden("yiwang.child.v1.ProjectPaid.hex", &event);
}

#[test]
fn involvement_changed() {
    let event = child::InvolvementChanged {
        person: "a1".into(),
        county: "420323".into(),
    };
    golden("yiwang.child.v1.InvolvementChanged.hex", &event);
}

#[test]
fn task_changed() {
    let event = child::TaskChanged {
        task: "01890000-0000-7000-8000-000000000007".into(),
        kind: "urgent_visit".into(),
        division: "420323100202".into(),
        role: "child_worker".into(),
    };
    golden("yiwang.child.v1.TaskChanged.hex", &event);
}
