//! Whose logbook it is, as the first start asks it, on the screen and line by line: what is set, who is put on record,
//! which ways of typing there are.

use crate::domain::catalog::plans::{BuiltinPlan, plans as builtins};
use crate::domain::catalog::units::CENTRE;
use crate::domain::entry::Entry;
use crate::domain::id::Id;
use crate::domain::settings::{Office, Settings};
use crate::domain::text::Lang;
use crate::domain::value::Value;
use crate::indicator::plan;
use crate::store::Read;
use crate::ui::look::TypingPrefs;
use crate::vietnamese::typing::METHODS;

/// The settings with the office and its officer; the machine gets a name for the journal that tells nothing of its owner.
pub fn settled(settings: &Settings, unit: Option<String>, officer: &str) -> Settings {
    let mut settings = settings.clone();
    settings.office.unit = unit;
    settings.office.officer = (!officer.is_empty()).then(|| officer.to_owned());
    settings.office.device.get_or_insert_with(|| {
        let id = Id::now().to_string();
        format!("may-{}", &id[id.len() - 4..])
    });
    settings
}

/// The officer as a person of the register, so that visits can name her; none where she is there already.
pub fn officer_record(read: &dyn Read, name: &str) -> Option<Entry> {
    if name.is_empty() || !read.named("person", name).is_empty() {
        return None;
    }
    let mut person = Entry::new("person");
    person.set("name", Some(Value::Text(name.to_owned())));
    Some(person)
}

/// The built-in plans, those that concern the office first, and the codes of those it works by: what was chosen, else
/// those that concern it.
pub fn plans(office: &Office, read: &dyn Read) -> (Vec<&'static BuiltinPlan>, Vec<String>) {
    let unit = office.unit.as_deref().unwrap_or(CENTRE);
    let proposed = plan::proposed(read.known(), unit, read.today());
    let (mut all, others): (Vec<_>, Vec<_>) = builtins().iter().partition(|plan| proposed.contains(&plan.code));
    all.extend(others);
    (all, office.plans.clone().unwrap_or(proposed))
}

/// The built-in ways of typing: the name, what it is called, and how it types.
pub fn methods(lang: Lang) -> Vec<(&'static str, String, &'static str)> {
    let example = |name: &str| match name {
        "telex" => "tieengs Vieetj → tiếng Việt",
        "telex-simple" => "tieengs Vieetj, [ ] w không thành chữ",
        "vni" => "tie6ng1 Vie6t5 → tiếng Việt",
        _ => "tie^'ng Vie^.t → tiếng Việt",
    };
    let method = |name: &&'static str| {
        let label = TypingPrefs::of(name).map(|prefs| prefs.method.label().to_owned());
        let note = match lang {
            Lang::Vi => example(name),
            Lang::En => example(name).split(',').next().unwrap_or_default(),
        };
        (*name, label.unwrap_or_else(|| (*name).to_owned()), note)
    };
    METHODS.iter().map(method).collect()
}
