"""scikit-learn's own checks."""

from sklearn.utils.estimator_checks import parametrize_with_checks

from credence import OptimalBinner, Scorecard

ZERO_WEIGHTS = (
    "a weight of zero is refused, with the advice to leave the row out: in a history of people it "
    "is far more often a mistake than a wish; and limits of sizes count records by default"
)
NOTHING_LEFT = (
    "the check fits ten to sixty rows of noise, or of one clean cut: by default a variable enters "
    "a card only with proven information, and a card of no variable is refused and not made up"
)
REFUSED_BY_DEFAULT = (
    "check_classifiers_classes",
    "check_dtype_object",
    "check_fit2d_1feature",
    "check_fit_score_takes_y",
    "check_pipeline_consistency",
    "check_sample_weights_list",
    "check_sample_weights_not_an_array",
    "check_sample_weights_not_overwritten",
    "check_sample_weights_pandas_series",
    "check_sample_weights_shape",
    "check_supervised_y_2d",
)

# Takes whatever tells the training rows apart, as most classifiers do: passes every other check.
EAGER = Scorecard(min_iv=0, binning={"trend": "none", "divergence": "hellinger"})


def expected(estimator):
    failing = {"check_sample_weight_equivalence_on_dense_data": ZERO_WEIGHTS}
    if isinstance(estimator, Scorecard) and estimator.binning is None:
        failing |= dict.fromkeys(REFUSED_BY_DEFAULT, NOTHING_LEFT)
    return failing


@parametrize_with_checks([OptimalBinner(), EAGER, Scorecard()], expected_failed_checks=expected)
def test_scikit_learn_finds_nothing(estimator, check):
    check(estimator)
