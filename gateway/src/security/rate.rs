//! Requests a minute per address and per account, in this process.

use std::{
    net::{IpAddr, Ipv6Addr},
    num::NonZeroU32,
};

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use governor::{
    DefaultKeyedRateLimiter, Quota, RateLimiter,
    clock::{Clock, DefaultClock},
};
use http::{HeaderValue, Method, header};
use uuid::Uuid;
use yiwang_chassis::fault::{Code, Fault};

use crate::{
    config,
    error::Problem,
    portal, reply,
    session::{ClientInfo, SignedIn},
    state::AppState,
};

/// The limiters of this process.
pub(crate) struct Limits {
    address: Option<DefaultKeyedRateLimiter<IpAddr>>,
    account: Option<DefaultKeyedRateLimiter<Uuid>>,
    sign_in: Option<DefaultKeyedRateLimiter<IpAddr>>,
    clock: DefaultClock,
}

impl Limits {
    pub(crate) fn new(config: &config::Limits) -> Self {
        let quota = |per_minute| NonZeroU32::new(per_minute).map(Quota::per_minute);
        Self {
            address: quota(config.per_address).map(RateLimiter::keyed),
            account: quota(config.per_account).map(RateLimiter::keyed),
            sign_in: quota(config.sign_in).map(RateLimiter::keyed),
            clock: DefaultClock::default(),
        }
    }

    /// Counts a request of `account`.
    ///
    /// # Errors
    /// After how many seconds to come again.
    pub(crate) fn account(&self, account: Uuid) -> Result<(), u64> {
        self.take(self.account.as_ref(), &account)
    }

    fn take<K: std::hash::Hash + Eq + Clone>(
        &self,
        limiter: Option<&DefaultKeyedRateLimiter<K>>,
        key: &K,
    ) -> Result<(), u64> {
        let Some(limiter) = limiter else {
            return Ok(());
        };
        limiter
            .check_key(key)
            .map_err(|not_until| not_until.wait_time_from(self.clock.now()).as_secs() + 1)
    }

    /// Forgets addresses and accounts that have been quiet.
    pub(crate) fn sweep(&self) {
        for limiter in [&self.address, &self.sign_in].into_iter().flatten() {
            limiter.retain_recent();
        }
        if let Some(limiter) = &self.account {
            limiter.retain_recent();
        }
    }
}

/// A report of harm to a child is never turned away unread: whoever takes it sees that there were
/// too many, keeps what was typed and says whom to call; after so many seconds it is taken again.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TooMany(pub(crate) u64);

/// One IPv6 customer has a whole /64.
pub(crate) fn key(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
        }
        v4 => v4,
    }
}

/// Sign-in, registration and the like: what a guesser or a spammer would repeat.
fn is_sensitive(method: &Method, path: &str) -> bool {
    let guessable = [
        "/login",
        "/register",
        "/api/v1/session",
        "/api/v1/accounts",
        "/api/v1/session/refresh",
        // Anybody may tell, nobody may flood a station.
        "/api/v1/rescue/told",
        "/rescue/tell",
        "/api/v1/child/reports",
        "/child/report",
        // The code of a receipt can be guessed.
        "/api/v1/child/receipt",
        "/child/receipt",
    ];
    *method == Method::POST
        && (guessable.contains(&path)
            || path.starts_with("/login/")
            || path.starts_with("/register/")
            || path.ends_with("/objections"))
}

/// Counts the request before anything is done for it.
pub(crate) async fn limit(
    State(state): State<AppState>,
    mut request: Request,
    next: Next,
) -> Response {
    let path = request.uri().path();
    let limits = state.limits();
    let address = request
        .extensions()
        .get::<ClientInfo>()
        .map(|client| key(client.address));
    if let Some(address) = address.filter(|_| !path.starts_with("/assets/")) {
        let mut counted = limits.take(limits.address.as_ref(), &address);
        if counted.is_ok() && is_sensitive(request.method(), path) {
            counted = limits.take(limits.sign_in.as_ref(), &address);
        }
        match counted {
            Ok(()) => {}
            Err(seconds) if *request.method() == Method::POST && path == "/child/report" => {
                request.extensions_mut().insert(TooMany(seconds));
            }
            Err(seconds) => return refused(&state, path, None, seconds),
        }
    }
    next.run(request).await
}

/// The answer to one request too many.
pub(crate) fn refused(
    state: &AppState,
    path: &str,
    who: Option<&SignedIn>,
    seconds: u64,
) -> Response {
    metrics::counter!("yiwang_gateway_rate_limited_total").increment(1);
    let mut fault = Fault::of(Code::RateLimited);
    if path.starts_with("/child") || path.starts_with("/api/v1/child") {
        fault.message =
            "刚才来的太多，请过一会儿再试。孩子有危险，马上打110；其他情况打12345。".into();
    }
    if reply::is_rest(path) {
        return Problem::from(fault).retry_after(seconds).into_response();
    }
    let mut response = portal::error_page(state, who, &fault);
    response
        .headers_mut()
        .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    response
}
