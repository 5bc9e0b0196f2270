//! A gateway of one's own, and a client that speaks to it.

use std::{
    fs,
    net::{IpAddr, SocketAddr},
};

use jiff::SignedDuration;
use reqwest::{Client, Method, RequestBuilder, Response, redirect};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use uuid::Uuid;
use yiwang_chassis::{
    clock::{Clock as _, ManualClock, SystemClock},
    config::load,
    identity::{Grant, Role},
    keys::Keys,
    testing::{Scratch, TestDb, database},
};
use yiwang_gateway::{
    AppState, Config, DEFAULTS,
    account::{NewAccount, NewStaff, totp_code_at},
    session::{Authenticated, ClientInfo},
};

/// The secret of every staff account here: 20 bytes in base32.
pub(crate) const TOTP: &str = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

pub(crate) const PASSWORD: &str = "一条大河波浪宽风吹稻花香两岸边";

pub(crate) struct Gateway {
    pub(crate) url: String,
    pub(crate) state: AppState,
    /// Sessions, tokens and codes follow it.
    pub(crate) clock: ManualClock,
    pub(crate) client: Client,
    pub(crate) db: TestDb,
    pub(crate) dir: Scratch,
}

impl Gateway {
    pub(crate) async fn start() -> Self {
        Self::start_with(|_, _| {}).await
    }

    /// Starts a gateway whose configuration `change` may alter.
    pub(crate) async fn start_with(change: impl FnOnce(&mut Config, &Scratch)) -> Self {
        yiwang_chassis::install_tls_provider();
        let dir = Scratch::new();
        let db = database(&yiwang_gateway::schemas()).await;
        let keys = dir.path().join("keys");
        Keys::generate(&keys, &[]).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let file = dir.path().join("gateway.toml");
        let text = format!("http.public_url = \"{url}\"\nhttp.secure_cookies = false\n");
        fs::write(&file, text).unwrap();
        let mut config: Config = load(DEFAULTS, Some(&file), "YIWANG_GATEWAY_TEST").unwrap();
        config.uploads.dir = dir.path().join("files");
        config.limits.per_address = 0;
        config.limits.per_account = 0;
        config.limits.sign_in = 0;
        change(&mut config, &dir);

        let clock = ManualClock::new(SystemClock.now());
        let vault = yiwang_gateway::vault(&Keys::load(&keys).unwrap()).unwrap();
        let business = ManualClock::new(clock.now()).into_shared();
        let security = clock.clone().into_shared();
        let state = yiwang_gateway::build(config, db.pool.clone(), vault, business, security);
        let state = state.await.unwrap();
        let service =
            yiwang_gateway::router(&state).into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, service).await });
        let client = Client::builder()
            .redirect(redirect::Policy::none())
            .build()
            .unwrap();
        Self {
            url,
            state,
            clock,
            client,
            db,
            dir,
        }
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.url))
    }

    pub(crate) async fn get(&self, path: &str, token: &str) -> Response {
        self.request(Method::GET, path)
            .bearer_auth(token)
            .send()
            .await
            .unwrap()
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Response {
        self.request(Method::POST, path)
            .json(body)
            .send()
            .await
            .unwrap()
    }

    pub(crate) fn later(&self, seconds: i64) {
        self.clock.advance(SignedDuration::from_secs(seconds));
    }

    /// Registers a citizen.
    pub(crate) async fn citizen(&self, login: &str, id_number: &str) -> Uuid {
        let new = NewAccount {
            login: login.to_owned(),
            password: PASSWORD.to_owned().into(),
            name: "张建国".to_owned(),
            id_number: id_number.to_owned(),
            phone: "13800001234".to_owned(),
        };
        self.state.accounts().register(new).await.unwrap().account
    }

    /// Creates a township officer whose second factor is [`TOTP`].
    pub(crate) async fn officer(&self, login: &str) -> Uuid {
        self.staff(login, Some(TOTP)).await
    }

    pub(crate) async fn staff(&self, login: &str, totp: Option<&str>) -> Uuid {
        let new = NewStaff {
            login: login.to_owned(),
            password: PASSWORD.to_owned().into(),
            name: "陈志强".to_owned(),
            id_number: Some(id_number_of(login)),
            grants: vec![Grant::new(Role::TownshipOfficer, "420323100")],
            totp_secret: totp.map(ToOwned::to_owned),
        };
        self.state.accounts().create_staff(new).await.unwrap()
    }

    /// The present code of [`TOTP`].
    /// An officer with one role in one place; gives the token.
    pub(crate) async fn holds(&self, login: &str, id: &str, role: Role, division: &str) -> String {
        let new = NewStaff {
            login: login.to_owned(),
            password: PASSWORD.to_owned().into(),
            name: "周敏".to_owned(),
            id_number: Some(id.to_owned()),
            grants: vec![Grant::new(role, division)],
            totp_secret: Some(TOTP.to_owned()),
        };
        self.state.accounts().create_staff(new).await.unwrap();
        self.officer_token(login).await
    }

    /// Posts with a key.
    pub(crate) async fn say(&self, token: &str, path: &str, key: &str, body: &Value) -> Response {
        let request = self.request(Method::POST, path).bearer_auth(token);
        let request = request.header("idempotency-key", key).json(body);
        request.send().await.unwrap()
    }

    pub(crate) fn code(&self) -> String {
        totp_code_at(TOTP, self.clock.now(), None).unwrap()
    }

    pub(crate) async fn sign_in(
        &self,
        login: &str,
        password: &str,
        totp: Option<&str>,
    ) -> Response {
        let body = json!({ "account": login, "password": password, "totp": totp });
        self.post("/api/v1/session", &body).await
    }

    /// Signs a citizen in and returns access and refresh token.
    pub(crate) async fn tokens(&self, login: &str) -> (String, String) {
        read_tokens(self.sign_in(login, PASSWORD, None).await).await
    }

    /// Signs an officer in and returns the access token; moves to a new code first.
    pub(crate) async fn officer_token(&self, login: &str) -> String {
        self.later(30);
        let code = self.code();
        read_tokens(self.sign_in(login, PASSWORD, Some(&code)).await)
            .await
            .0
    }

    /// Opens a browser session and returns its `Cookie` header.
    pub(crate) async fn browser(&self, account: Uuid, staff: bool) -> String {
        let who = Authenticated { account, staff };
        let client = client();
        let cookie = self
            .state
            .sessions()
            .open_browser(&who, &client)
            .await
            .unwrap();
        format!("{}={}", cookie.name(), cookie.value())
    }

    pub(crate) async fn refresh(&self, token: &str) -> Response {
        self.post(
            "/api/v1/session/refresh",
            &json!({ "refresh_token": token }),
        )
        .await
    }

    /// How often the audit log holds `action`.
    pub(crate) async fn audited(&self, action: &str) -> i64 {
        sqlx::query_scalar("select count(*) from chassis.audit_entry where action = $1")
            .bind(action)
            .fetch_one(&self.db.pool)
            .await
            .unwrap()
    }
}

trait IntoShared {
    fn into_shared(self) -> yiwang_chassis::clock::SharedClock;
}

impl IntoShared for ManualClock {
    fn into_shared(self) -> yiwang_chassis::clock::SharedClock {
        std::sync::Arc::new(self)
    }
}

/// Somebody at a desk.
pub(crate) fn client() -> ClientInfo {
    ClientInfo {
        address: IpAddr::from([192, 0, 2, 7]),
        device: "测试".to_owned(),
    }
}

pub(crate) async fn read_tokens(response: Response) -> (String, String) {
    let status = response.status();
    let body: Value = response.json().await.unwrap();
    assert_eq!(status, 200, "{body}");
    let text = |name: &str| body[name].as_str().unwrap().to_owned();
    (text("access_token"), text("refresh_token"))
}

/// Status and problem of a failed call, after checking the shape that all have.
pub(crate) async fn problem(response: Response) -> (u16, Value) {
    let status = response.status().as_u16();
    let kind = response.headers()["content-type"]
        .to_str()
        .unwrap()
        .to_owned();
    let body: Value = response.json().await.unwrap();
    assert_eq!(kind, "application/problem+json; charset=utf-8", "{body}");
    let code = body["code"].as_str().unwrap();
    assert_eq!(body["type"], format!("urn:yiwang:problem:{code}"));
    assert_eq!(body["status"], status);
    assert_eq!(body["trace"].as_str().unwrap().len(), 32, "{body}");
    let chinese = |text: &Value| text.as_str().unwrap().chars().any(|c| c >= '\u{4e00}');
    assert!(
        chinese(&body["detail"]) && chinese(&body["title"]),
        "{body}"
    );
    for field in body["fields"].as_array().into_iter().flatten() {
        assert!(
            chinese(&field["message"]) && field["pointer"].is_string(),
            "{body}"
        );
        assert!(!field["code"].as_str().unwrap().is_empty());
    }
    (status, body)
}

/// Status and code of a failed call.
pub(crate) async fn failure(response: Response) -> (u16, String) {
    let (status, body) = problem(response).await;
    (status, body["code"].as_str().unwrap().to_owned())
}

/// A valid ID number of 竹山县 with this birth date and serial number.
pub(crate) fn id_number(birth: &str, serial: u16) -> String {
    let body = format!("420323{birth}{serial:03}");
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = body
        .bytes()
        .zip(weights)
        .map(|(b, w)| u32::from(b - b'0') * w)
        .sum();
    let check = b"10X98765432"[(sum % 11) as usize];
    format!("{body}{}", char::from(check))
}

/// A right ID number for each login name.
fn id_number_of(login: &str) -> String {
    let serial: usize = login.bytes().map(usize::from).sum::<usize>() * 7 % 1000;
    let body = format!("42032319850304{serial:03}");
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: usize = body
        .bytes()
        .zip(weights)
        .map(|(digit, weight)| usize::from(digit - b'0') * weight)
        .sum();
    format!("{body}{}", char::from(b"10X98765432"[sum % 11]))
}
