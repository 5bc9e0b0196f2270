//! Each violation is planted once and named once; a consistent installation has none.

use sqlx::Executor as _;
use yiwang_chassis::testing::{TestDb, database};

use super::{Databases, read_only, rules};
use crate::services::Service;

struct House {
    assistance: TestDb,
    marriage: TestDb,
    burial: TestDb,
    rescue: TestDb,
    child: TestDb,
}

async fn fresh(service: &str) -> TestDb {
    database(&(Service::parse(service).unwrap().schemas)()).await
}

impl House {
    async fn new() -> Self {
        Self {
            assistance: fresh("assistance").await,
            marriage: fresh("marriage").await,
            burial: fresh("burial").await,
            rescue: fresh("rescue").await,
            child: fresh("child").await,
        }
    }

    async fn found(&self) -> Vec<String> {
        let mut databases = Databases {
            assistance: self.assistance.pool.acquire().await.unwrap(),
            marriage: self.marriage.pool.acquire().await.unwrap(),
            burial: self.burial.pool.acquire().await.unwrap(),
            rescue: self.rescue.pool.acquire().await.unwrap(),
            child: self.child.pool.acquire().await.unwrap(),
            settled_for: 900.0,
        };
        read_only(&mut databases.assistance).await.unwrap();
        let found = rules::all(&mut databases).await.unwrap();
        let undo = "set session characteristics as transaction read write";
        databases.assistance.execute(undo).await.unwrap();
        found.iter().map(ToString::to_string).collect()
    }
}

/// Rows as a broken installation would have them: constraints do not speak.
async fn plant(db: &TestDb, sql: &'static str) {
    let mut tx = db.pool.begin().await.unwrap();
    tx.execute("set local session_replication_role = replica")
        .await
        .unwrap();
    tx.execute(sql).await.unwrap();
    tx.commit().await.unwrap();
}

/// Three persons drawing support on two cases, a and b on one; b and c are married, and so are a
/// and b on another's records; nobody is dead.
async fn households(house: &House) {
    plant(
        &house.assistance,
        "insert into casework.case_file (id, number, item, division, state, awaiting, closed,
             applicant_key, account, applicant_name, body, version, due_at, submitted_at, updated_at)
         select gen_random_uuid(), number, 'minimum-living', '420323100', state, 'standing', false,
                'a', gen_random_uuid(), '', '', 1, now(), now(), now()
           from (values ('DB1', 'in_payment'), ('DB2', 'in_payment')) file (number, state);
         insert into casework.case_person (case_id, person_key, relation, party)
         select id, person, 'self', true from casework.case_file
           join (values ('DB1', 'a'), ('DB1', 'b'), ('DB2', 'c')) as on_case (number, person)
          using (number);
         insert into assistance.benefit (case_number, benefit, division, from_month)
         values ('DB1', 'DB', '420323100', '2026-01-01'), ('DB2', 'DB', '420323100', '2026-01-01');
         insert into assistance.benefit_member (case_number, person_key, benefit, active)
         values ('DB1', 'a', 'DB', true), ('DB1', 'b', 'DB', true), ('DB2', 'c', 'DB', true);
         insert into assistance.benefit_share (case_number, person_key, from_month, amount_fen)
         values ('DB1', 'a', '2026-01-01', 100), ('DB1', 'b', '2026-01-01', 100),
                ('DB2', 'c', '2026-01-01', 100)",
    )
    .await;
    plant(
        &house.marriage,
        "insert into marriage.record (id, number, kind, state, division, registered_on,
             effective_from, case_number, body)
         values ('00000000-0000-0000-0000-000000000001', 'J1', 'marriage', 'valid', '420323100',
                 '2020-01-01', '2020-01-01', 'JH1', '');
         insert into marriage.spouse (record, side, person_key, valid)
         values ('00000000-0000-0000-0000-000000000001', 'a', 'a', true),
                ('00000000-0000-0000-0000-000000000001', 'b', 'b', true)",
    )
    .await;
}

/// Somebody died on 2026-05-11, recorded the same day.
async fn died(house: &House, sql: &'static str) {
    plant(&house.burial, sql).await;
}

const B_DIED: &str = "insert into burial.death (number_key, person_key, state, source, cause_class,
         died_at, place, issuer, signed_on, recorded_at, reference, body)
     values ('k1', 'b', 'signed', 'health', 'natural', '2026-05-10T19:20:00Z', '420323100', 'i',
             '2026-05-11', '2026-05-11T04:00:00Z', 'JK1', '')";

#[tokio::test]
async fn services_that_agree_leave_nothing() {
    let house = House::new().await;
    assert_eq!(house.found().await, [""; 0]);
    households(&house).await;
    assert_eq!(house.found().await, [""; 0]);
    // Every reaction has done its part.
    died(&house, B_DIED).await;
    plant(
        &house.assistance,
        "update assistance.benefit_share set frozen_from = '2026-06-01' where person_key = 'b';
         insert into assistance.payment (id, case_number, benefit, county, month, amount_fen, state,
             made_at)
         values ('00000000-0000-0000-0000-000000000001', 'DB1', 'DB', '420323', '2026-06-01', 200,
                 'paid', now());
         insert into assistance.payment_line (payment_id, person_key, benefit, month, amount_fen)
         values ('00000000-0000-0000-0000-000000000001', 'b', 'DB', '2026-05-01', 100),
                ('00000000-0000-0000-0000-000000000001', 'b', 'DB', '2026-06-01', 100);
         insert into assistance.overpayment (case_number, person_key, month, open_fen,
             recovered_fen, waived_fen) values ('DB1', 'b', '2026-06-01', 100, 0, 0)",
    )
    .await;
    let widowed = "update marriage.spouse set valid = false;
         update marriage.record set state = 'ended_death', ended_on = '2026-05-11'";
    plant(&house.marriage, widowed).await;
    assert_eq!(house.found().await, [""; 0]);
}

#[tokio::test]
async fn each_violation_is_named_by_its_cases() {
    let house = House::new().await;
    households(&house).await;
    died(&house, B_DIED).await;
    let both = [
        "dead but married: marriage JH1",
        "dead but still paid: assistance DB1",
    ];
    assert_eq!(house.found().await, both);

    // A death that is not older than the services need is not looked at yet.
    plant(&house.burial, "update burial.death set recorded_at = now()").await;
    assert_eq!(house.found().await, [""; 0]);

    // Paid after the death, and nobody asked for it back.
    plant(
        &house.burial,
        "update burial.death set recorded_at = '2026-05-11'",
    )
    .await;
    plant(&house.marriage, "update marriage.spouse set valid = false").await;
    plant(
        &house.assistance,
        "update assistance.benefit_share set frozen_from = '2026-06-01' where person_key = 'b';
         insert into assistance.payment_line (payment_id, person_key, benefit, month, amount_fen)
         values ('00000000-0000-0000-0000-000000000001', 'b', 'DB', '2026-07-01', 100);
         insert into assistance.payment (id, case_number, benefit, county, month, amount_fen, state,
             made_at)
         values ('00000000-0000-0000-0000-000000000001', 'DB1', 'DB', '420323', '2026-07-01', 100,
                 'paid', now())",
    )
    .await;
    assert_eq!(house.found().await, ["dead but still paid: assistance DB1"]);
    plant(&house.burial, "update burial.death set state = 'voided'").await;
    assert_eq!(house.found().await, [""; 0]);

    // c has married somebody whom the household does not name; under review it is looked at.
    plant(
        &house.marriage,
        "insert into marriage.record (id, number, kind, state, division, registered_on,
             effective_from, case_number, body)
         values ('00000000-0000-0000-0000-000000000002', 'J2', 'marriage', 'valid', '420323100',
                 '2026-02-01', '2026-02-01', 'JH2', '');
         insert into marriage.spouse (record, side, person_key, valid)
         values ('00000000-0000-0000-0000-000000000002', 'a', 'c', true),
                ('00000000-0000-0000-0000-000000000002', 'b', 'd', true)",
    )
    .await;
    let single = "married but single in a household: assistance DB2, marriage JH2";
    assert_eq!(house.found().await, [single]);
    let review = "update casework.case_file set state = 'recheck' where number = 'DB2'";
    plant(&house.assistance, review).await;
    assert_eq!(house.found().await, [""; 0]);

    // A share waits although nobody asks any more.
    let held =
        "update assistance.benefit_share set held_from = '2026-06-01' where person_key = 'c'";
    plant(&house.assistance, held).await;
    assert_eq!(
        house.found().await,
        ["held but nobody looks: assistance DB2"]
    );
    // Another alarm asks something else.
    plant(
        &house.burial,
        "insert into burial.death_alarm (id, kind, division, reference, person_key, reason,
             raised_at)
         values (gen_random_uuid(), 'cremation_without_death', '420323', 'YT1 HH1', 'c',
                 'DEATH_REVOKED', now())",
    )
    .await;
    assert_eq!(house.found().await.len(), 1);
    let asks = "update burial.death_alarm set reason = 'NO_DEATH'";
    plant(&house.burial, asks).await;
    assert_eq!(house.found().await, [""; 0]);
}

#[tokio::test]
async fn children_are_named_by_their_cases_only() {
    let house = House::new().await;
    died(&house, B_DIED).await;
    plant(
        &house.child,
        "insert into child.file (case_number, kind, division, state, open, level, child_mark, sealed)
         values ('KJ1', 'hardship', '420323100001', 'active', true, 'high', 'm1', '');
         insert into child.guardianship (case_number, kind, child_key, open, state, sealed)
         values ('LJ1', 'temporary', 'e', true, 'in_care', '');
         insert into child.allowance (case_number, kind, person, division, from_month)
         values ('GE1', 'GE', 'b', '420323100', '2026-01-01')",
    )
    .await;
    let expected = [
        "child without owner: child KJ1",
        "child without placement while in care: child LJ1",
        "dead but still paid: child GE1",
    ];
    assert_eq!(house.found().await, expected);
    plant(
        &house.child,
        "insert into child.director (id, post, division, person_key, since, sealed)
         values (gen_random_uuid(), 'supervisor', '420323100', 's', '2020-01-01', '');
         insert into child.custody (id, kind, case_number, child_key, guardian, division, started_at,
             last)
         values ('00000000-0000-0000-0000-000000000001', 'temporary', 'LJ1', 'e', '420323',
                 '420323100', '2026-05-01', 2);
         insert into child.placement (custody, nth, case_number, kind, from_at, sealed)
         values ('00000000-0000-0000-0000-000000000001', 2, 'LJ1', 'centre', '2026-05-02', '');
         update child.allowance set until_month = '2026-06-01'",
    )
    .await;
    assert_eq!(house.found().await, [""; 0]);
    plant(
        &house.rescue,
        "insert into rescue.stay (case_number, station, state, person_key, sex, arrived_at,
             admitted_at, occupancy, sealed)
         values ('SZ1', '420323-001', 'admitted', 'e', 'male', '2026-05-01', '2026-05-01',
                 gen_random_uuid(), '')",
    )
    .await;
    assert_eq!(
        house.found().await,
        ["in two places: rescue SZ1, child LJ1"]
    );
}
