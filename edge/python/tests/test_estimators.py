"""scikit-learn's own checks."""

from sklearn.utils.estimator_checks import parametrize_with_checks

from credence import OptimalBinner, Scorecard

ZERO_WEIGHTS = (
    "a weight of zero is refused, with the advice to leave the row out: in a history of people it is "
    "far more often a mistake than a wish; and limits of sizes count records by default"
)


def expected(estimator):
    return {"check_sample_weight_equivalence_on_dense_data": ZERO_WEIGHTS}


@parametrize_with_checks([OptimalBinner(), Scorecard()], expected_failed_checks=expected)
def test_scikit_learn_finds_nothing(estimator, check):
    check(estimator)
