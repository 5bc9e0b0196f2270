//! Every page: path, who may open it, what draws it.

use axum::{
    extract::Request,
    response::{IntoResponse, Response},
};
use yiwang_chassis::fault::Fault;

use super::{
    account, apply, archive, book, burial_office, case, cemeteries, certificates, child, demo,
    desk::Desk, funeral, hall, login, memorials, mine, notices, one_thing, prices, public, rating,
    register, rescue, second_step, statistics, visits, work,
};
use crate::route::{Auth, Route};

/// The pages, for the router, the gate and the authorisation matrix.
pub(crate) fn table() -> Vec<Route> {
    use Auth::{Any, Citizen, Public, Staff};
    let mut table = vec![
        Route::asset("/assets/{digest}/{name}", public::asset),
        page("/", Public, public::home),
        page("/items", Public, public::items),
        page("/items/{code}", Public, public::guide),
        page("/help", Public, public::help),
        page("/display", Public, public::display),
        page("/divisions", Public, public::divisions),
        page("/session", Public, login::session),
        page("/login", Public, login::show),
        form("/login", Public, login::sign_in),
        form("/login/code", Public, second_step::code),
        form("/login/enrol", Public, second_step::enrol),
        form("/logout", Public, login::sign_out),
        page("/register", Public, register::show),
        form("/register", Public, register::register),
        page("/notices", Public, notices::list),
        page("/notices/{id}", Public, notices::show),
        form("/notices/{id}/objections", Public, notices::object),
        page("/demo", Public, demo::show),
        form("/demo", Public, demo::turn),
        page("/account", Any, account::show),
        form("/account/password", Any, account::password),
        form("/account/texts", Any, account::texts),
        page("/account/totp", Any, account::totp),
        form("/account/totp", Any, account::confirm_totp),
        form("/account/sessions/{id}/end", Any, account::end_session),
        page("/my", Any, mine::show),
        page("/apply/{item}", Any, apply::show),
        // Who was signed out meanwhile signs in again and loses nothing: see `apply::post`.
        form("/apply/{item}", Public, apply::post).with_uploads(),
        page("/apply/{item}/done/{number}", Any, apply::done),
        form("/drafts/{item}", Any, apply::autosave),
        form("/drafts/{item}/discard", Any, apply::discard),
        page("/book", Public, book::show),
        // As for applications: signed out meanwhile, and nothing is lost.
        form("/book", Public, book::post),
        page("/book/done/{number}", Any, book::done),
        page("/my/appointments", Any, book::mine),
        form("/my/appointments/{number}/cancel", Any, book::cancel),
        page("/funeral", Public, funeral::show),
        form("/funeral", Any, funeral::start),
        page("/funeral/{number}", Any, funeral::case),
        page("/funeral/{number}/times", Any, funeral::times),
        form("/funeral/{number}/times", Any, funeral::choose),
        page("/prices", Public, prices::show),
        page("/cemeteries", Public, cemeteries::list),
        page("/cemeteries/{code}", Public, cemeteries::show),
        form("/cemeteries/{code}", Any, cemeteries::post),
        page("/memorials", Public, memorials::find),
        page("/memorials/mine", Any, memorials::mine),
        page("/memorials/mine/new", Any, memorials::new),
        form("/memorials/mine/new", Any, memorials::open),
        page("/memorials/mine/{code}", Any, memorials::edit),
        form("/memorials/mine/{code}", Any, memorials::save),
        form("/memorials/mine/{code}/words/{id}", Any, memorials::settle),
        page("/memorials/{code}", Public, memorials::show),
        page("/memorials/{code}/leave", Any, memorials::offering),
        form("/memorials/{code}/leave", Any, memorials::leave),
        page("/memorials/{code}/take-down", Staff, memorials::taking_down),
        form("/memorials/{code}/take-down", Staff, memorials::take_down),
        page("/ratings", Staff, rating::list),
        form("/ratings/{id}", Staff, rating::answer),
        page("/ratings/new/{number}", Any, rating::show),
        form("/ratings/new/{number}", Any, rating::give),
        page("/one-things", Any, one_thing::list),
        page("/one-things/new/{code}", Citizen, one_thing::form),
        form("/one-things/new/{code}", Citizen, one_thing::post),
        page("/one-things/desk", Staff, one_thing::stuck),
        page("/one-things/{number}", Any, one_thing::show),
        form("/one-things/{number}/withdraw", Any, one_thing::withdraw),
        page(
            "/one-things/{number}/correction",
            Any,
            one_thing::correction,
        ),
        form("/one-things/{number}/correction", Any, one_thing::correct),
        form("/one-things/{number}/abort", Staff, one_thing::abort),
        form(
            "/one-things/{number}/steps/{step}/answer",
            Any,
            one_thing::answer,
        ),
        form("/one-things/{number}/steps/{step}", Staff, one_thing::steer),
        page("/rescue", Public, rescue::show),
        page("/rescue/tell", Public, rescue::tell),
        form("/rescue/tell", Public, rescue::take_word),
        page("/rescue/board", Staff, rescue::board),
        form("/rescue/board", Staff, rescue::receive),
        page("/rescue/calls", Staff, rescue::calls),
        page("/rescue/calls/{act}", Staff, rescue::call_act),
        form("/rescue/calls/{act}", Staff, rescue::take_call),
        page("/rescue/late", Staff, rescue::late),
        page("/rescue/places", Staff, rescue::places),
        page("/rescue/articles", Staff, rescue::articles),
        page("/rescue/patrols", Staff, rescue::patrols),
        page("/rescue/patrols/plan", Staff, rescue::plan_patrol),
        form("/rescue/patrols/plan", Staff, rescue::take_plan),
        page("/rescue/patrols/{id}", Staff, rescue::patrol),
        page("/rescue/patrols/{id}/{act}", Staff, rescue::patrol_act),
        form("/rescue/patrols/{id}/{act}", Staff, rescue::take_patrol_act),
        page("/rescue/campaigns", Staff, rescue::campaigns),
        page("/rescue/campaigns/{act}", Staff, rescue::campaign_act),
        form("/rescue/campaigns/{act}", Staff, rescue::take_campaign_act),
        page("/rescue/encounters", Staff, rescue::encounters),
        page("/rescue/encounters/{id}", Staff, rescue::encounter),
        form("/rescue/encounters/{id}", Staff, rescue::take_encounter),
        page("/rescue/register", Staff, rescue::register),
        page("/rescue/reports", Staff, rescue::reports),
        page("/rescue/reports/search", Staff, rescue::ask_report),
        form("/rescue/reports/search", Staff, rescue::find_report),
        page("/rescue/mine", Any, rescue::mine),
        page("/rescue/photos/{reference}", Public, rescue::photo),
        page("/rescue/leaving", Staff, rescue::leaving),
        page("/rescue/leaving/new", Staff, rescue::begin_leaving),
        form("/rescue/leaving/new", Staff, rescue::take_leaving),
        page("/rescue/returns", Staff, rescue::returns),
        page("/rescue/institutions", Staff, rescue::institutions),
        page("/rescue/institutions/{act}", Staff, rescue::institution_act),
        form(
            "/rescue/institutions/{act}",
            Staff,
            rescue::take_institution_act,
        ),
        page("/rescue/house/{act}", Staff, rescue::act),
        form("/rescue/house/{act}", Staff, rescue::take),
        page("/rescue/street", Staff, rescue::street::show),
        page("/rescue/street/state", Staff, rescue::street::state),
        form("/rescue/street/visits", Staff, rescue::street::visits),
        page("/rescue/street/visits/{id}", Staff, rescue::street::visit),
        form("/rescue/street/points", Staff, rescue::street::points),
        form("/rescue/street/settle", Staff, rescue::street::settle),
        Route::asset("/rescue/street-worker.js", rescue::street::worker),
        page("/rescue/search/{number}", Staff, rescue::ask),
        form("/rescue/search/{number}", Staff, rescue::find),
        page(
            "/rescue/search/{number}/compare",
            Staff,
            rescue::ask_compare,
        ),
        form("/rescue/search/{number}/compare", Staff, rescue::compare),
        page("/rescue/notices", Public, rescue::notices),
        page("/rescue/notices/{id}", Public, rescue::notice),
        page("/visits", Public, visits::show),
        page("/visits/mine", Any, visits::mine),
        form("/visits/mine/{number}/cancel", Any, visits::cancel),
        page("/visits/mine/{number}/photos/{file}", Any, visits::photo),
        page("/visits/gate", Staff, visits::gate),
        form("/visits/gate", Staff, visits::enter).with_uploads(),
        page("/visits/{facility}", Public, visits::facility),
        form("/visits/{facility}", Any, visits::post),
        page("/cases/{number}", Any, case::show),
        page("/cases/{number}/actions/{action}", Any, case::action),
        form("/cases/{number}/actions/{action}", Any, case::act).with_uploads(),
        form("/cases/{number}/reveal", Staff, case::reveal),
        form("/cases/{number}/handover", Staff, case::hand_over),
        page("/cases/{number}/documents/{id}", Any, case::document),
        page("/cases/{number}/materials/{file}", Any, case::material),
        page("/files/{file}", Any, case::own_file),
        page("/certificates", Any, certificates::list),
        page("/certificates/{service}/{id}", Any, certificates::show),
        page("/certificates/{service}/{id}/pdf", Any, certificates::pdf),
        page("/certificates/{service}/{id}/show", Any, certificates::lit),
        form(
            "/certificates/{service}/{id}/show",
            Any,
            certificates::light,
        ),
        page("/verify", Public, certificates::verify),
        page("/show/{code}", Public, certificates::shown),
        page("/work", Staff, work::show),
        page("/statistics", Staff, statistics::show),
        page("/hall", Staff, hall::day),
        page("/hall/check-in", Staff, hall::check_in),
        form("/hall/check-in", Staff, hall::take_in),
        page("/hall/cases/{number}", Staff, hall::bench),
        form("/hall/cases/{number}/actions/{action}", Staff, hall::act).with_uploads(),
        form("/hall/cases/{number}/reveal", Staff, hall::reveal),
        page("/hall/figures", Staff, hall::figures),
        page("/hall/conflicts", Staff, hall::conflicts),
        form("/hall/conflicts/{id}", Staff, hall::settle),
        page("/hall/status", Staff, hall::status),
        form("/hall/status", Staff, hall::ask),
        page("/hall/counselling/{number}", Staff, hall::counselling),
        form(
            "/hall/counselling/{number}",
            Staff,
            hall::record_counselling,
        ),
        page("/hall/dishonesty", Staff, hall::dishonesty),
        form("/hall/dishonesty/{id}/contest", Staff, hall::contest),
        form(
            "/hall/dishonesty/{id}/decide",
            Staff,
            hall::decide_dishonesty,
        ),
        page("/hall/restoration", Staff, hall::restoration),
        form("/hall/restoration", Staff, hall::take_restoration),
        page("/hall/help-sheet", Staff, hall::help_sheet),
        page("/hall/setup", Staff, hall::setup::show),
        page("/hall/setup/new", Staff, hall::setup::new),
        form("/hall/setup/new", Staff, hall::setup::open),
        page("/hall/setup/{code}", Staff, hall::setup::edit),
        form("/hall/setup/{code}", Staff, hall::setup::save),
        page(
            "/hall/setup/{code}/registrars",
            Staff,
            hall::setup::registrars,
        ),
        form(
            "/hall/setup/{code}/registrars",
            Staff,
            hall::setup::save_registrar,
        ),
        page("/hall/setup/{code}/days", Staff, hall::setup::days),
        form("/hall/setup/{code}/days", Staff, hall::setup::set_day),
        page("/home/board", Staff, burial_office::board),
        page("/home/resources", Staff, burial_office::resources),
        page("/home/resources/edit", Staff, burial_office::resource),
        form("/home/resources/edit", Staff, burial_office::save_resource),
        page("/home/deaths", Staff, burial_office::deaths),
        form("/home/deaths", Staff, burial_office::look_up),
        page("/home/deaths/{act}", Staff, burial_office::deaths_act),
        form("/home/deaths/{act}", Staff, burial_office::take_deaths_act),
        page("/cemetery/keeper", Staff, burial_office::keeper),
        page("/cemetery/keeper/{act}", Staff, burial_office::keeper_act),
        form(
            "/cemetery/keeper/{act}",
            Staff,
            burial_office::take_keeper_act,
        ),
        page("/burial/planning", Staff, burial_office::planning),
        page("/burial/planning/{act}", Staff, burial_office::planning_act),
        form(
            "/burial/planning/{act}",
            Staff,
            burial_office::take_planning_act,
        ),
        page("/burial/inspections", Public, burial_office::inspections),
        page("/burial/inspections/new", Staff, burial_office::new_draw),
        form(
            "/burial/inspections/new",
            Staff,
            burial_office::prepare_draw,
        ),
        page("/burial/inspections/{id}", Public, burial_office::draw),
        form(
            "/burial/inspections/{id}/draw",
            Staff,
            burial_office::draw_now,
        ),
        page("/burial/figures", Public, burial_office::figures),
        page("/hall/archive", Staff, archive::list),
        form("/hall/archive", Staff, archive::create),
        page("/hall/archive/{id}", Staff, archive::show),
        form("/hall/archive/{id}/entries/{entry}", Staff, archive::upload).with_uploads(),
        form("/hall/archive/{id}/rows/{row}", Staff, archive::decide),
        form("/hall/archive/{id}/publish", Staff, archive::publish),
    ];
    table.extend(child::pages());
    table
}

/// A page; what goes wrong is a page too.
pub(super) fn page<F, W>(path: &'static str, auth: Auth, draw: F) -> Route
where
    F: Fn(Desk) -> W + Clone + Send + Sync + 'static,
    W: Future<Output = Result<Response, Fault>> + Send + 'static,
{
    let handler = move |desk: Desk| {
        let draw = draw.clone();
        async move {
            let spare = desk.clone();
            draw(desk)
                .await
                .unwrap_or_else(|fault| spare.failed(&fault))
                .into_response()
        }
    };
    Route::page::<_, (_, Desk)>(path, auth, handler)
}

/// A form that is posted.
pub(super) fn form<F, W>(path: &'static str, auth: Auth, take: F) -> Route
where
    F: Fn(Desk, Request) -> W + Clone + Send + Sync + 'static,
    W: Future<Output = Result<Response, Fault>> + Send + 'static,
{
    let handler = move |desk: Desk, request: Request| {
        let take = take.clone();
        async move {
            let spare = desk.clone();
            take(desk, request)
                .await
                .unwrap_or_else(|fault| spare.failed(&fault))
                .into_response()
        }
    };
    Route::form::<_, (_, Desk, Request)>(path, auth, handler)
}
