"""The output formats: one file per format, each exporting ``FORMAT``. Named in the site's config."""
