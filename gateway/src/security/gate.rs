//! The gate in front of every handler: who is it, and may they come in here.

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use http::{HeaderMap, header};
use yiwang_chassis::fault::Fault;

use super::rate;
use crate::{
    reply,
    route::{Auth, Door, RouteInfo},
    session::{self, SignedIn},
    state::AppState,
};

/// Looks the session up, enforces the route's [`Auth`], and leaves a
/// [`SignedIn`] in the request.
pub(crate) async fn pass(
    State((state, route)): State<(AppState, RouteInfo)>,
    mut request: Request,
    next: Next,
) -> Response {
    if route.door == Door::Asset {
        return next.run(request).await;
    }
    let found = match route.door {
        Door::Rest if route.auth == Auth::Public => Ok(None),
        Door::Rest => by_bearer(&state, request.headers()).await,
        _ => by_cookie(&state, request.headers()).await,
    };
    let who = match found {
        Ok(who) => who,
        Err(fault) => return reply::failure(&state, request.uri().path(), None, fault),
    };
    match (&who, admits(route.auth, who.as_ref())) {
        (_, Ok(())) => {}
        (None, Err(_)) if route.door == Door::Portal => {
            return session::login_redirect(request.uri());
        }
        (who, Err(fault)) => {
            return reply::failure(&state, request.uri().path(), who.as_ref(), fault);
        }
    }
    if let Some(who) = who {
        if let Err(seconds) = state.limits().account(who.account) {
            return rate::refused(&state, request.uri().path(), Some(&who), seconds);
        }
        request.extensions_mut().insert(who);
    }
    next.run(request).await
}

fn admits(auth: Auth, who: Option<&SignedIn>) -> Result<(), Fault> {
    let who = match (auth, who) {
        (Auth::Public, _) => return Ok(()),
        (_, None) => return Err(Fault::unauthenticated()),
        (_, Some(who)) => who,
    };
    let admitted = match auth {
        Auth::Public | Auth::Any => true,
        Auth::Citizen => who.person.is_some(),
        Auth::Staff => who.is_staff(),
    };
    if admitted {
        Ok(())
    } else {
        Err(Fault::forbidden())
    }
}

async fn by_bearer(state: &AppState, headers: &HeaderMap) -> Result<Option<SignedIn>, Fault> {
    let header = headers.get(header::AUTHORIZATION);
    let Some(header) = header.and_then(|value| value.to_str().ok()) else {
        return Ok(None);
    };
    let Some((scheme, token)) = header.split_once(' ') else {
        return Ok(None);
    };
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Ok(None);
    }
    match state.keyring().session_of(token.trim()).await? {
        Some(session) => state.sessions().by_id(session).await,
        None => Ok(None),
    }
}

async fn by_cookie(state: &AppState, headers: &HeaderMap) -> Result<Option<SignedIn>, Fault> {
    let secure = state.config().http.secure_cookies;
    match session::cookie::token(headers, secure) {
        Some(token) => state.sessions().by_cookie(&token).await,
        None => Ok(None),
    }
}
