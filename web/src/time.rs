//! Now, today, zone names and the person's locale, from the browser: no database of these is carried along.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;
use js_sys::{Array, Intl, Object, Reflect};
use todo_contract::{DateOrder, Locale, TimeZoneName, WeekStart, calendar};
use wasm_bindgen::{JsCast, JsValue};

/// Milliseconds of Unix time.
#[must_use]
#[expect(clippy::cast_possible_truncation, reason = "far below 2^53 for all years that matter")]
pub fn now_ms() -> i64 {
    js_sys::Date::now() as i64
}

/// Now.
#[must_use]
pub fn now() -> Timestamp {
    Timestamp::from_millisecond(now_ms()).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// The browser's time zone.
#[must_use]
pub fn browser_zone() -> TimeZoneName {
    let format = Intl::DateTimeFormat::new(&Array::new(), &Object::new());
    get(&format.resolved_options(), "timeZone")
        .and_then(|zone| zone.as_string())
        .and_then(|zone| TimeZoneName::new(zone).ok())
        .unwrap_or_else(TimeZoneName::utc)
}

/// How the browser's language has dates. Where it does not tell when weeks begin, those who write the month first
/// begin them on Sunday.
#[must_use]
pub fn browser_locale() -> Locale {
    let options = Object::new();
    for part in ["day", "month"] {
        let _ = Reflect::set(&options, &part.into(), &"numeric".into());
    }
    let format = Intl::DateTimeFormat::new(&Array::new(), &options);
    let parts = format.format_to_parts(&js_sys::Date::new(&JsValue::from_f64(0.0)));
    let mut parts = parts.iter().filter_map(|part| get(&part, "type")?.as_string());
    let first = parts.find(|part| part == "day" || part == "month");
    let date_order = if first.as_deref() == Some("month") { DateOrder::MonthFirst } else { DateOrder::DayFirst };
    let first_day = get(&format.resolved_options(), "locale").and_then(|language| first_day_of_week(&language));
    let week_start = match first_day {
        None if date_order == DateOrder::MonthFirst => WeekStart::Sunday,
        Some(7.0) => WeekStart::Sunday,
        Some(6.0) => WeekStart::Saturday,
        _ => WeekStart::Monday,
    };
    Locale { week_start, date_order }
}

fn get(object: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(object, &name.into()).ok()
}

fn intl(name: &str) -> Option<JsValue> {
    get(&get(&js_sys::global(), "Intl")?, name)
}

/// From 1 for Monday to 7 for Sunday. What tells it was a property before it was a function.
fn first_day_of_week(language: &JsValue) -> Option<f64> {
    let locale = Reflect::construct(&intl("Locale")?.into(), &Array::of1(language)).ok()?;
    let week = match get(&locale, "getWeekInfo")?.dyn_ref::<js_sys::Function>() {
        Some(tell) => tell.call1(&locale, &JsValue::UNDEFINED).ok()?,
        None => get(&locale, "weekInfo")?,
    };
    get(&week, "firstDay")?.as_f64()
}

/// A moment as the clocks in `zone` show it, to the minute; UTC if the browser does not know the zone.
#[must_use]
pub fn local(at: Timestamp, zone: &str) -> DateTime {
    in_zone(at, Some(zone)).or_else(|| in_zone(at, Some("UTC"))).unwrap_or_default()
}

/// Today, in `zone`.
#[must_use]
pub fn today_in(zone: &str) -> Date {
    local(now(), zone).date()
}

/// Sweden writes dates as ISO 8601 does, which makes its format easy to read back.
fn in_zone(at: Timestamp, zone: Option<&str>) -> Option<DateTime> {
    let options = Object::new();
    let set = |name: &str, value: &str| Reflect::set(&options, &name.into(), &value.into()).unwrap_or(false);
    set("dateStyle", "short");
    set("timeStyle", "medium");
    if let Some(zone) = zone {
        set("timeZone", zone);
    }
    let arguments = Array::of2(&JsValue::from_str("sv-SE"), &options);
    let format = Reflect::construct(&intl("DateTimeFormat")?.into(), &arguments).ok()?;
    #[expect(clippy::cast_precision_loss, reason = "below 2^53")]
    let date = js_sys::Date::new(&JsValue::from_f64(at.as_millisecond() as f64));
    let text = Intl::DateTimeFormat::from(format).format().call1(&JsValue::UNDEFINED, &date).ok()?.as_string()?;
    calendar::moment(&(text + "Z")).map(|shown| Offset::UTC.to_datetime(shown))
}

/// The names of all time zones that the browser knows; empty if it does not tell.
#[must_use]
pub fn zone_names() -> Vec<String> {
    intl("supportedValuesOf")
        .filter(JsValue::is_function)
        .and_then(|f| js_sys::Function::from(f).call1(&JsValue::UNDEFINED, &"timeZone".into()).ok())
        .map(|names| Array::from(&names).iter().filter_map(|name| name.as_string()).collect())
        .unwrap_or_default()
}
