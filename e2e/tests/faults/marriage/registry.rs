//! The register of marriages as plain SQL: every marriage in it is whole.

use anyhow::{Context, ensure};
use sqlx::PgPool;
use yiwang_chassis::{
    clock::{Clock as _, SystemClock},
    config::load,
    identity::{Grant, Role},
};
use yiwang_e2e::{Api, Suite, id_number, until};
use yiwang_gateway::{
    Config, DEFAULTS,
    account::{NewStaff, totp_code_at},
    accounts,
};

use super::couples::{Couple, Outcome};
use crate::{
    cluster::Cluster,
    ledger::{BOTH, CASES, audit, count, violations},
};

pub(super) const HALL: &str = "421202001-01";
pub(super) const DIVISION: &str = "421202001";
/// The second factor of the registrar: 20 bytes in base32.
const TOTP: &str = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

/// Queries whose every row is a violation; the first column says of what.
const WHOLE: &[(&str, &str)] = &[
    (
        "a marriage has not two spouses",
        "select r.number from marriage.record r
           left join marriage.spouse s on s.record = r.id and s.valid
          group by r.id having count(s) <> 2 or count(distinct s.person_key) <> 2",
    ),
    (
        "somebody has two valid marriages",
        "select person_key from marriage.spouse where valid group by 1 having count(*) > 1",
    ),
    (
        "a marriage has not its certificate",
        "select r.number from marriage.record r
          where (select count(*) from marriage.certificate c
                  where c.record = r.id and c.number = r.number and c.kind = 'marriage'
                    and c.state = 'valid' and c.case_number = r.case_number) <> 1",
    ),
    (
        "a certificate belongs to no marriage",
        "select number from marriage.certificate c
          where not exists (select from marriage.record r where r.number = c.number)",
    ),
    (
        "a number was given twice",
        "select number from marriage.record group by 1 having count(*) > 1",
    ),
    // Numbers come from a counter row: a death gives its number back, no gap is to be explained.
    (
        "a number is missing",
        "select s.county || ' is at ' || s.last || ' with ' || count(c)
           from marriage.certificate_serial s
           left join marriage.certificate c on c.number like s.prefix || s.county || '-' || s.year || '-%'
          group by s.prefix, s.county, s.year having count(c) <> s.last",
    ),
    (
        "a marriage has not an electronic certificate for each",
        "select r.number from marriage.record r
           left join casework.certificate c on c.number = r.number and c.state = 'valid'
          group by r.id having count(c) <> 2 or count(distinct c.holder_key) <> 2
                            or count(distinct c.statement) <> 1",
    ),
    (
        "an electronic certificate without a marriage",
        "select number from casework.certificate c
          where not exists (select from marriage.record r where r.number = c.number)",
    ),
    (
        "case and register differ",
        "select f.number || ' is ' || f.state from casework.case_file f
          where (f.state in ('registered', 'handed_over', 'archived'))
             <> exists (select from marriage.record r where r.case_number = f.number)",
    ),
    (
        "case and archive differ",
        "select f.number || ' is ' || f.state from casework.case_file f
          where (f.state = 'archived')
             <> exists (select from marriage.archive_file a where a.case_number = f.number)",
    ),
    (
        "a registration has not one audit entry",
        "select r.number from marriage.record r
           left join chassis.audit_entry a
             on a.object = 'case/' || r.case_number and a.action = 'case.register'
          group by r.id having count(a) <> 1",
    ),
    (
        "an audit entry without a registration",
        "select object from chassis.audit_entry a where action = 'case.register'
            and not exists (select from marriage.record r where a.object = 'case/' || r.case_number)",
    ),
    (
        "a certificate was not announced once",
        "select r.number from marriage.record r
           left join chassis.outbox o on o.aggregate = 'certificate' and o.aggregate_id = r.number
          group by r.id having count(o) <> 1",
    ),
    (
        "a new status was not announced once",
        "select r.number from marriage.record r join marriage.spouse s on s.record = r.id
           left join chassis.outbox o on o.aggregate = 'person' and o.aggregate_id = s.person_key
          group by r.id, s.person_key having count(o) <> 1",
    ),
    (
        "a status was announced that nobody has",
        "select aggregate_id from chassis.outbox o where aggregate = 'person'
            and not exists (select from marriage.spouse s where s.person_key = o.aggregate_id)",
    ),
];

/// The database of marriage registration.
pub(super) struct Registry {
    pool: PgPool,
}

impl Registry {
    /// Opens it, with one hall, and lets the other departments answer.
    pub(super) async fn open(cluster: &mut Cluster) -> anyhow::Result<Self> {
        cluster.launch_departments()?;
        let pool = cluster.pool("marriage").await?;
        sqlx::query(
            "insert into marriage.hall
                 (code, name, address, phone, division, grade, competence,
                  opens, closes_noon, opens_noon, closes, slot_minutes, slot_capacity)
             values ($1, '咸安区婚姻登记处', '温泉街道', '12345', $2, '4A', '{mainland}',
                     '8:30', '12:00', '14:30', '17:30', 30, 3)",
        )
        .bind(HALL)
        .bind(DIVISION)
        .execute(&pool)
        .await?;
        Ok(Self { pool })
    }

    /// A registrar of the hall, signed in.
    pub(super) async fn registrar(&self, cluster: &Cluster) -> anyhow::Result<Api> {
        let file = cluster.data().join("config/gateway.toml");
        let config: Config = load(DEFAULTS, Some(&file), "YIWANG_GATEWAY")?;
        let new = NewStaff {
            login: "registrar".to_owned(),
            password: Suite::PASSWORD.to_owned().into(),
            name: "孙丽".to_owned(),
            id_number: Some(id_number("421202", "19900315", 120)),
            grants: vec![Grant::new(Role::Clerk, "421202")],
            totp_secret: Some(TOTP.to_owned()),
        };
        let created = accounts(&config).await?.create_staff(new).await;
        let account = created.map_err(|fault| anyhow::anyhow!("{fault}"))?;
        sqlx::query(
            "insert into marriage.registrar (account, hall, name, qualified_until)
             values ($1, $2, '孙丽', '2099-12-31')",
        )
        .bind(account)
        .bind(HALL)
        .execute(&self.pool)
        .await?;
        let code = totp_code_at(TOTP, SystemClock.now(), None);
        let code = code.map_err(|fault| anyhow::anyhow!("{fault}"))?;
        cluster
            .stranger()?
            .sign_in("registrar", Suite::PASSWORD, Some(&code))
            .await
    }

    /// Marriages and archive files that a case has led to.
    pub(super) async fn of_case(&self, case: &str) -> anyhow::Result<(i64, i64)> {
        let found = sqlx::query_as(
            "select (select count(*) from marriage.record where case_number = $1),
                    (select count(*) from marriage.archive_file where case_number = $1)",
        );
        Ok(found.bind(case).fetch_one(&self.pool).await?)
    }

    /// The certificate number of the marriage of a case.
    pub(super) async fn number_of(&self, case: &str) -> anyhow::Result<Option<String>> {
        let number =
            sqlx::query_scalar("select number from marriage.record where case_number = $1");
        Ok(number.bind(case).fetch_optional(&self.pool).await?)
    }

    /// What a round was told is what stands here, and what a repeat is told; of the two cases
    /// for one woman, the last ones, exactly one was registered.
    pub(super) async fn agrees(
        &self,
        round: &[Couple],
        outcomes: &[Outcome],
        registrar: &Api,
    ) -> anyhow::Result<()> {
        for (couple, outcome) in round.iter().zip(outcomes) {
            let known = self.number_of(couple.number()).await?;
            let known = known.map_or(Outcome::Refused, Outcome::Married);
            ensure!(known == *outcome, "{outcome:?} was answered, {known:?} is");
            let again = couple.register(registrar).await?;
            ensure!(again == *outcome, "first {outcome:?}, then {again:?}");
        }
        let refused = outcomes.iter().map(|one| *one == Outcome::Refused);
        let refused: Vec<_> = refused.collect();
        let [others @ .., one, other] = refused.as_slice() else {
            anyhow::bail!("no rivals")
        };
        ensure!(
            !others.contains(&true) && one != other,
            "one woman, two cases: {outcomes:?}"
        );
        Ok(())
    }

    /// Waits until everything is published and checks every invariant.
    pub(super) async fn check(&self, cluster: &Cluster) -> anyhow::Result<()> {
        until("everything is published", async || {
            let unpublished = "select count(*) from chassis.outbox where published_at is null";
            Ok((count(&self.pool, unpublished).await? == 0).then_some(()))
        })
        .await?;
        let mut wrong = Vec::new();
        for (what, sql) in WHOLE.iter().chain(CASES).chain(BOTH) {
            let found = violations(&self.pool, what, sql).await;
            wrong.extend(found.context(*what)?);
        }
        wrong.truncate(20);
        ensure!(
            wrong.is_empty(),
            "the register is wrong:\n{}",
            wrong.join("\n")
        );
        audit(cluster)
    }
}
