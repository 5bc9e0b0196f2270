//! The service over a fresh database, a clock by hand, departments of its own.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use tonic::{Request, Status};
use uuid::Uuid;
use yiwang_assistance::{
    RULES,
    departments::Partners,
    domain::{MinimumLiving, minimum_living::Form},
    payment::{Payments, Sums, sums},
    reactions::Beforehand,
    schemas,
};
use yiwang_casework::{
    Runtime,
    department::{Client, Department},
    host::rule_book,
    runner,
    runtime::{Parts, SigningKey},
    service::CaseworkService,
};
use yiwang_chassis::{
    clock::{Clock, ManualClock},
    fault::Fault,
    identity::{Caller, Grant, Role},
    testing::{TestDb, database},
};
use yiwang_civic::{
    person_key::PersonKeyer,
    seal::{SealKey, Sealer},
    time::Month,
};
use yiwang_proto::casework::v1::{self as pb, casework_server::Casework};

use crate::{build, town::Town};

/// 竹山县城关镇.
pub(crate) const TOWNSHIP: &str = "420323100";
/// 竹山县.
pub(crate) const COUNTY: &str = "420323";

pub(crate) struct World {
    pub(crate) db: TestDb,
    pub(crate) rt: Arc<Runtime>,
    pub(crate) clock: ManualClock,
    pub(crate) town: Town,
    pub(crate) service: CaseworkService,
    keyer: Arc<PersonKeyer>,
    token: CancellationToken,
}

impl Drop for World {
    fn drop(&mut self) {
        self.token.cancel();
    }
}

impl World {
    /// Monday 2026-03-02, nine in the morning in Beijing.
    pub(crate) async fn new() -> Self {
        yiwang_chassis::install_tls_provider();
        let db = database(&schemas()).await;
        let clock = ManualClock::new("2026-03-02T01:00:00Z".parse().unwrap());
        let town = Town::start(clock.clone()).await;
        let keyer = Arc::new(PersonKeyer::new(&[7; 32]).unwrap());
        let key = SealKey::Aes256Gcm([9; 32]);
        let sealer = Arc::new(Sealer::new("k1", [("k1".to_owned(), key)]).unwrap());
        let partners = Partners {
            check_centre: client(&town, "check-centre"),
            bank: client(&town, "bank"),
            pool: db.pool.clone(),
            sealer: sealer.clone(),
            bank_called: Arc::default(),
        };
        let parts = Parts {
            service: "assistance",
            pool: db.pool.clone(),
            clock: Arc::new(clock.clone()),
            rules: Arc::new(rule_book(RULES, "".as_ref()).unwrap()),
            sealer,
            keyer: keyer.clone(),
            departments: Arc::new(partners),
            certificate_key: SigningKey::from_bytes(&[5; 32]),
        };
        let rt = Runtime::new(parts).with_ripples(Beforehand);
        let rt = Arc::new(rt.offer::<MinimumLiving>().unwrap());
        let token = CancellationToken::new();
        tokio::spawn(runner::clocks(rt.clone(), token.clone()));
        tokio::spawn(runner::errands(rt.clone(), token.clone()));
        let service = CaseworkService::new(rt.clone());
        Self {
            db,
            rt,
            clock,
            town,
            service,
            keyer,
            token,
        }
    }

    /// Payments that do a step when told to.
    pub(crate) fn payments(&self) -> Payments {
        Payments {
            runtime: self.rt.clone(),
            bank: client(&self.town, "bank"),
            bank_called: Arc::new(Notify::new()),
            batch_lines: 2,
            chunk: 2,
        }
    }

    /// Works until no payment work is left.
    pub(crate) async fn pay(&self) {
        self.rest().await;
        let payments = self.payments();
        let deadline = Instant::now() + Duration::from_secs(20);
        loop {
            while payments.step().await.unwrap_or(true) {
                assert!(Instant::now() < deadline, "payments do not come to an end");
            }
            let open: i64 = self
                .count(
                    "select count(*) from assistance.payment
                      where state in ('pending', 'batched')
                         or state <> 'cancelled' and noted_at is null",
                )
                .await;
            if open == 0 {
                return;
            }
            assert!(Instant::now() < deadline, "{open} payments stay open");
            tokio::task::yield_now().await;
        }
    }

    /// Waits until no clock is due and no errand is open.
    pub(crate) async fn rest(&self) {
        let deadline = Instant::now() + Duration::from_secs(20);
        loop {
            let busy: bool = sqlx::query_scalar(
                "select exists (select 1 from casework.clock
                                 where fires and ended_at is null and due_at <= $1)
                     or exists (select 1 from casework.errand where done_at is null)",
            )
            .bind(yiwang_chassis::db::to_chrono(self.clock.now()))
            .fetch_one(&self.db.pool)
            .await
            .unwrap();
            if !busy {
                return;
            }
            assert!(Instant::now() < deadline, "clocks or errands stay open");
            tokio::task::yield_now().await;
        }
    }

    pub(crate) async fn count(&self, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql)
            .fetch_one(&self.db.pool)
            .await
            .unwrap()
    }

    pub(crate) async fn texts(&self, sql: &'static str) -> Vec<String> {
        sqlx::query_scalar(sql)
            .fetch_all(&self.db.pool)
            .await
            .unwrap()
    }

    pub(crate) async fn sums(&self, month: &str) -> Sums {
        let month: Month = month.parse().unwrap();
        sums(&self.db.pool, COUNTY, month).await.unwrap()
    }

    /// Sets the clock to a Beijing time and lets what fell due happen.
    pub(crate) async fn go_to(&self, beijing: &str) {
        self.clock.set(format!("{beijing}+08:00").parse().unwrap());
        self.rest().await;
    }

    pub(crate) fn key(&self, id: &str) -> String {
        self.keyer.key(&id.parse().unwrap()).as_str().to_owned()
    }

    pub(crate) fn citizen(&self, form: &Form) -> Caller {
        Caller {
            account: Uuid::from_u128(1),
            name: form.applicant.name.clone(),
            person: Some(self.key(&form.applicant.id_number)),
            grants: vec![],
            session: None,
            on_behalf_of: None,
        }
    }

    pub(crate) async fn submit(&self, form: &Form) -> Result<pb::Case, Fault> {
        self.submit_json(form, serde_json::to_value(form).unwrap())
            .await
    }

    pub(crate) async fn submit_json(&self, who: &Form, form: Value) -> Result<pb::Case, Fault> {
        let request = pb::SubmitRequest {
            idempotency_key: Uuid::now_v7().to_string(),
            item: "minimum-living".into(),
            division: TOWNSHIP.into(),
            form: form.to_string(),
            materials: vec![],
        };
        unwrap(
            self.service
                .submit(as_caller(&self.citizen(who), request))
                .await,
        )
    }

    pub(crate) async fn act(
        &self,
        caller: &Caller,
        number: &str,
        action: &str,
        data: Value,
    ) -> Result<pb::Case, Fault> {
        let request = pb::ActRequest {
            idempotency_key: Uuid::now_v7().to_string(),
            number: number.into(),
            action: action.into(),
            data: data.to_string(),
            expected_version: 0,
            files: vec![],
        };
        unwrap(self.service.act(as_caller(caller, request)).await)
    }

    pub(crate) async fn get(&self, number: &str) -> pb::Case {
        let county = officer("吴科长", Role::CountyOfficer, COUNTY);
        let request = pb::GetCaseRequest {
            number: number.into(),
        };
        unwrap(self.service.get_case(as_caller(&county, request)).await).unwrap()
    }

    pub(crate) async fn history(&self, number: &str) -> Vec<pb::HistoryEntry> {
        let county = officer("吴科长", Role::CountyOfficer, COUNTY);
        self.history_for(&county, number).await
    }

    pub(crate) async fn history_for(&self, caller: &Caller, number: &str) -> Vec<pb::HistoryEntry> {
        let request = pb::GetHistoryRequest {
            number: number.into(),
        };
        let history = self.service.get_history(as_caller(caller, request)).await;
        unwrap(history).unwrap().entries
    }

    pub(crate) async fn until(&self, number: &str, state: &str) -> pb::Case {
        let deadline = Instant::now() + Duration::from_secs(20);
        loop {
            let case = self.get(number).await;
            if case.state == state {
                return case;
            }
            assert!(Instant::now() < deadline, "{number} stays {}", case.state);
            tokio::task::yield_now().await;
        }
    }

    /// From handing in to the county's table, on 2026-03-10 and 11.
    pub(crate) async fn to_county(&self, form: &Form) -> String {
        let number = self.submit(form).await.unwrap().number;
        self.investigate(&number).await;
        let reviewer = officer("赵副镇长", Role::TownshipOfficer, TOWNSHIP);
        let opinion = json!({ "recommend": true, "reasons": "符合条件" });
        self.act(&reviewer, &number, "give_first_opinion", opinion)
            .await
            .unwrap();
        let place = json!({ "place": "村务公开栏" });
        self.act(&clerk(), &number, "post_notice", place)
            .await
            .unwrap();
        number
    }

    pub(crate) async fn investigate(&self, number: &str) {
        let clerk = clerk();
        self.act(&clerk, number, "accept", json!({})).await.unwrap();
        let two = json!({ "investigators": ["王干事", "李干事"] });
        self.act(&clerk, number, "start_investigation", two)
            .await
            .unwrap();
        let visit = json!({ "kind": "home", "on": "2026-03-02", "officers": ["王干事", "李干事"],
            "record": "住房一套，无车辆" });
        self.act(&clerk, number, "record_visit", visit)
            .await
            .unwrap();
        self.act(&clerk, number, "request_check", json!({}))
            .await
            .unwrap();
        self.until(number, "investigating").await;
    }

    /// Reported and taken up by the county; the notice must be over.
    pub(crate) async fn report(&self, number: &str) {
        let reviewer = officer("赵副镇长", Role::TownshipOfficer, TOWNSHIP);
        self.act(&reviewer, number, "report_to_county", json!({}))
            .await
            .unwrap();
        let county = officer("吴科长", Role::CountyOfficer, COUNTY);
        self.act(&county, number, "review", json!({}))
            .await
            .unwrap();
    }

    /// Granted on 2026-03-12, paid from April.
    pub(crate) async fn granted(&self, form: &Form) -> String {
        self.all_granted(std::slice::from_ref(form)).await.remove(0)
    }

    /// All granted on 2026-03-12, paid from April.
    pub(crate) async fn all_granted(&self, forms: &[Form]) -> Vec<String> {
        let mut numbers = Vec::new();
        for form in forms {
            numbers.push(self.to_county(form).await);
        }
        self.go_to("2026-03-12T10:00:00").await;
        for number in &numbers {
            self.report(number).await;
            let case = self
                .act(&approver(), number, "confirm", json!({}))
                .await
                .unwrap();
            assert_eq!(case.state, "confirmed");
        }
        self.rest().await;
        numbers
    }
}

fn client(town: &Town, name: &str) -> Client {
    let base = format!("{}/{name}/v1", town.url).parse().unwrap();
    let department = Department {
        base,
        callback: None,
        timeout: Duration::from_secs(5),
    };
    Client::new(department, vec![5; 32].into()).unwrap()
}

pub(crate) fn clerk() -> Caller {
    officer("王干事", Role::Clerk, TOWNSHIP)
}

pub(crate) fn approver() -> Caller {
    officer("周局长", Role::Approver, COUNTY)
}

pub(crate) fn officer(name: &str, role: Role, division: &str) -> Caller {
    Caller {
        account: Uuid::from_u128(100 + role as u128),
        name: name.into(),
        person: None,
        grants: vec![Grant::new(role, division)],
        session: None,
        on_behalf_of: None,
    }
}

/// Another family; `n` makes its persons different from all others.
pub(crate) fn family(n: u32) -> Form {
    let mut form = build::form();
    let birth = |year: i16| jiff::civil::Date::new(year, 6, 1).unwrap();
    form.applicant.id_number = build::id_number(birth(1970), 100 + n);
    form.members[0].id_number = build::id_number(birth(1972), 200 + n);
    form.members[1].id_number = build::id_number(birth(2014), 300 + n);
    form
}

fn as_caller<T>(caller: &Caller, message: T) -> Request<T> {
    let mut request = Request::new(message);
    request.extensions_mut().insert(caller.clone());
    request
}

fn unwrap<T>(result: Result<tonic::Response<T>, Status>) -> Result<T, Fault> {
    result.map(tonic::Response::into_inner).map_err(Fault::from)
}
