//! In which region of the world a country lies: `config/regions.toml`. Pure.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The regions with the messages that name them, as the overview lists them.
pub const REGIONS: &[(&str, &str)] = &[
    ("africa", "overview-region-africa"),
    ("americas", "overview-region-americas"),
    ("asia", "overview-region-asia"),
    ("europe", "overview-region-europe"),
    ("oceania", "overview-region-oceania"),
    ("antarctica", "overview-region-antarctica"),
];

/// The countries of each region.
const SHIPPED: &str = include_str!("../../../config/regions.toml");

/// Region by code of country. A test reads the file, so it can't be unreadable here.
static REGION_OF: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let regions: BTreeMap<String, String> = toml::from_str(SHIPPED).unwrap_or_default();
    let countries = |(region, codes): (&String, &String)| {
        codes.split_whitespace().map(|code| (code.to_owned(), region.clone())).collect::<Vec<_>>()
    };
    regions.iter().flat_map(countries).collect()
});

/// The region of the country with this ISO 3166-1 alpha-2 code.
pub fn of(country: &str) -> Option<&'static str> {
    REGION_OF.get(country).map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_country_lies_in_one_region() {
        let regions: BTreeMap<String, String> = toml::from_str(SHIPPED).unwrap();
        let names: Vec<&str> = REGIONS.iter().map(|(name, _)| *name).collect();
        assert!(regions.keys().all(|name| names.contains(&name.as_str())) && regions.len() == names.len());
        let codes: Vec<&str> = regions.values().flat_map(|codes| codes.split_whitespace()).collect();
        let mut once = codes.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), codes.len(), "a code stands twice");
        let known: Vec<&str> = rust_iso3166::ALL.iter().map(|country| country.alpha2).collect();
        let lacking: Vec<&&str> = known.iter().filter(|code| of(code).is_none()).collect();
        assert!(lacking.is_empty(), "without a region: {lacking:?}");
        let strange: Vec<&&str> = codes.iter().filter(|code| !known.contains(code)).collect();
        assert!(strange.is_empty(), "no countries: {strange:?}");
    }

    #[test]
    fn some_countries_lie_where_the_united_nations_put_them() {
        for (country, region) in
            [("NL", "europe"), ("CY", "asia"), ("RU", "europe"), ("TR", "asia"), ("EG", "africa"), ("MX", "americas")]
        {
            assert_eq!(of(country), Some(region), "{country}");
        }
        assert_eq!(of("XX"), None);
    }
}
