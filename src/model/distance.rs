//! Distances between points on the ground.

/// Kilometres of a degree of latitude.
pub const KM_OF_A_DEGREE: f64 = 111.2;

/// Kilometres between two points, each in degrees north and east (WGS 84), on a sphere.
pub fn kilometres((lat_a, lon_a): (f64, f64), (lat_b, lon_b): (f64, f64)) -> f64 {
    let (a, b) = (lat_a.to_radians(), lat_b.to_radians());
    let half = |x: f64| (x / 2.0).sin().powi(2);
    let chord = half(b - a) + a.cos() * b.cos() * half((lon_b - lon_a).to_radians());
    2.0 * KM_OF_A_DEGREE.to_degrees() * chord.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_distances() {
        // Bamako to Gao, by the map about 950 km; a degree of latitude; one and the same point.
        let bamako_gao = kilometres((12.65, -8.0), (16.27, -0.04));
        assert!((930.0..970.0).contains(&bamako_gao), "{bamako_gao}");
        assert!((kilometres((12.0, 1.0), (13.0, 1.0)) - KM_OF_A_DEGREE).abs() < 0.1);
        assert!(kilometres((16.27, -0.04), (16.27, -0.04)).abs() < f64::EPSILON);
    }
}
